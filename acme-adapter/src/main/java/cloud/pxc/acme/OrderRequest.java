package cloud.pxc.acme;

import java.util.List;
import java.util.Optional;

/**
 * A certificate to be ordered (RFC 8555 section 7.4).
 *
 * @param dnsNames names, A-labels, lower case, without trailing dot; {@code *} as the first label for a wildcard; at least one
 * @param profile certificate profile, one of {@link Directory#profiles()}; without one, a CA that has profiles chooses itself
 * @param replaces the certificate that is renewed by it, which lifts some CAs' rate limits (RFC 9773 section 5)
 */
public record OrderRequest(List<String> dnsNames, Optional<String> profile, Optional<CertificateChain> replaces) {

    public OrderRequest {
        dnsNames = List.copyOf(dnsNames);
        if (dnsNames.isEmpty()) {
            throw new IllegalArgumentException("an order needs at least one name");
        }
    }
}
