package cloud.pxc.acme;

import java.net.URI;

/**
 * What the CA wants to find in DNS before it believes that a name is ours (RFC 8555 section 8.4).
 *
 * @param url the challenge, to be triggered once the record is served
 * @param dnsName the name to be proven, without the {@code *} of a wildcard
 * @param recordName owner name of the TXT record, without trailing dot; a wildcard and its base name share one
 * @param digest value of the TXT record
 * @param progress how far it is
 */
public record Dns01Challenge(URI url, String dnsName, String recordName, String digest, Progress progress) {

    /** How far a challenge is. */
    public enum Progress {
        /** The CA waits to be told that the record is there. */
        TO_TRIGGER,
        /** The CA has been told and is looking. */
        CHECKING,
        /** The name is proven; its record may go. */
        PROVEN
    }
}
