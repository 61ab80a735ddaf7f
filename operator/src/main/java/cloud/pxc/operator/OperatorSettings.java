package cloud.pxc.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set of the operator as a whole; each concern has a settings interface of its own beside its code. */
@ConfigMapping(prefix = "pxc")
public interface OperatorSettings {

    /** The namespace the operator runs in, where its lease and its own Secrets are. */
    @WithDefault("pxc-system")
    String namespace();

    /** How one of several replicas is chosen to act. */
    LeaderElection leaderElection();

    interface LeaderElection {

        /** Name of the Lease (coordination.k8s.io/v1) that the replicas compete for. */
        @WithDefault("pxc-operator")
        String leaseName();

        /**
         * Who this process is in the Lease. A container that restarts within its pod keeps its pod's name and so goes on
         * at once; another pod waits until the lease has run out.
         */
        @WithDefault("${HOSTNAME:pxc-operator}")
        String identity();

        /** How long a lease is honoured without renewal. */
        @WithDefault("15s")
        Duration leaseDuration();

        /** How long the leader tries to renew before it gives up and exits. */
        @WithDefault("10s")
        Duration renewDeadline();

        /** How often the lease is renewed, and how often the others look. */
        @WithDefault("2s")
        Duration retryPeriod();
    }
}
