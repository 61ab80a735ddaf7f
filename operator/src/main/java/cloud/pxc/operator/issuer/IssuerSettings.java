package cloud.pxc.operator.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set of issuers. */
@ConfigMapping(prefix = "pxc.issuer")
public interface IssuerSettings {

    /** How often an account that is well is looked at. */
    @WithDefault("1h")
    Duration recheck();

    /** How long to wait after failures in a row. */
    Backoff backoff();

    interface Backoff {

        /** After the first; doubled with each further one. */
        @WithDefault("2s")
        Duration first();

        /** At most. */
        @WithDefault("5m")
        Duration max();

        /** After that many failures in a row, at least one. */
        default Duration after(int failures) {
            var doublings = Math.min(Math.max(failures, 1) - 1, 30);
            var wait = first().multipliedBy(1L << doublings);
            return wait.compareTo(max()) < 0 ? wait : max();
        }
    }
}
