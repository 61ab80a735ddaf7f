package cloud.pxc.acme;

import java.net.URI;
import java.util.List;

/**
 * An account as the CA knows it (RFC 8555 section 7.1.2).
 *
 * @param url identifies the account in every request; kept by the caller beside the key
 * @param usable whether the account may order; false once it was deactivated or revoked
 * @param contacts contact URLs that the CA shows; some CAs show none
 */
public record AccountState(URI url, boolean usable, List<String> contacts) {

    public AccountState {
        contacts = List.copyOf(contacts);
    }
}
