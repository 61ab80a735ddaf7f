package cloud.pxc.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set of how reviews are answered. */
@ConfigMapping(prefix = "pxc.webhook")
interface AdmissionSettings {

    /** How long an admitted name is kept for an object that has not been seen since. */
    @WithDefault("5m")
    Duration reservation();

    /** When a review is answered as undecided. It has to be shorter than the timeout in the webhook configuration, 3 s. */
    @WithDefault("2500ms")
    Duration deadline();

    /** How often reservations that came to nothing are forgotten. */
    @WithDefault("1m")
    Duration expiry();
}
