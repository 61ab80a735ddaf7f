package cloud.pxc.acme;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an ACME CA is and how it is trusted.
 *
 * @param directory URL of the directory (RFC 8555 section 7.1.1), {@code https} outside of tests
 * @param trustedCa PEM of the CA certificates that may have signed the server's own TLS certificate, instead of the JDK's; empty
 *     means the JDK's public ones
 * @param timeout how long one request may take, positive
 */
public record AcmeServer(URI directory, Optional<String> trustedCa, Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public AcmeServer {
        Objects.requireNonNull(trustedCa, "trustedCa");
        if (!"https".equals(directory.getScheme()) && !"http".equals(directory.getScheme())) {
            throw new IllegalArgumentException("an ACME directory is an http(s) URL, not " + directory);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    /** A server whose TLS certificate a public CA has signed, asked with the usual timeout of 10 s. */
    public static AcmeServer of(URI directory) {
        return new AcmeServer(directory, Optional.empty(), DEFAULT_TIMEOUT);
    }

    /** The same server, trusted by these CA certificates alone. */
    public AcmeServer trusting(String caPem) {
        return new AcmeServer(directory, Optional.of(caPem), timeout);
    }
}
