package cloud.pxc.acme;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * When the CA suggests to renew a certificate (RFC 9773 section 4.2).
 *
 * @param start first moment of the window; in the past when the certificate is about to be revoked
 * @param end last moment, after {@code start}
 * @param explanation page that says why the window is unusual, where there is one
 * @param askAgain when to look again at the earliest
 */
public record RenewalWindow(Instant start, Instant end, Optional<URI> explanation, Optional<Instant> askAgain) {}
