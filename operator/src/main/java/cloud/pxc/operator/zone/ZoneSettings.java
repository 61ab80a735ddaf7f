package cloud.pxc.operator.zone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an installation may set of zones. */
@ConfigMapping(prefix = "pxc.zone")
public interface ZoneSettings {

    /** How often the SOA of each zone is looked at; a change made past the operator is found no later. */
    @WithDefault("30s")
    Duration check();

    /** How long a name server may take to answer. */
    @WithDefault("5s")
    Duration timeout();

    /** First content of new zones is served to their primary for some seconds. */
    Seed seed();

    interface Seed {

        /** IP address under which the primary reaches the operator; the one it is seen from where none is given. */
        Optional<String> address();

        /** TCP and UDP port; any free one where it is 0. */
        @WithDefault("0")
        int port();
    }
}
