package cloud.pxc.acme;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a CA says of itself (RFC 8555 section 7.1.1).
 *
 * @param termsOfService terms that an account has to agree to, where there are any
 * @param externalAccountRequired whether a new account must be bound to one made outside of ACME (RFC 8555 section 7.3.4)
 * @param profiles names of the certificate profiles on offer with their descriptions; empty where the CA has none
 * @param renewalInfo whether the CA suggests when to renew (RFC 9773)
 */
public record Directory(
        Optional<URI> termsOfService,
        boolean externalAccountRequired,
        Map<String, String> profiles,
        boolean renewalInfo) {

    public Directory {
        profiles = Map.copyOf(profiles);
    }
}
