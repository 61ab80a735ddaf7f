package cloud.pxc.operator.certificate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set of certificates. */
@ConfigMapping(prefix = "pxc.certificate")
public interface CertificateSettings {

    /** How often a CA is asked when to renew, where it does not say itself how often. */
    @WithDefault("6h")
    Duration renewalAdvice();

    /** How long to wait after the CA could not be reached; doubled with each failure in a row. */
    Backoff unreachable();

    /** How long to wait after the CA has refused; doubled with each failure in a row. */
    Refused refused();

    interface Backoff {

        /** After the first. */
        @WithDefault("2s")
        Duration first();

        /** At most. */
        @WithDefault("5m")
        Duration max();
    }

    interface Refused {

        /** After the first. CAs count refused orders, and stop listening for an hour after some. */
        @WithDefault("30s")
        Duration first();

        /** At most. */
        @WithDefault("6h")
        Duration max();
    }
}
