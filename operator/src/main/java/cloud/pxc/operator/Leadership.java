package cloud.pxc.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** One of several replicas acts: the holder of the Lease. One that loses it exits, and starts again as a follower. */
@Singleton
class Leadership {

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(OperatorSettings settings, Event<LeadershipStarted> started) {
        var election = settings.leaderElection();
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.leaseName())
                .withLeaseNamespace(settings.namespace())
                .withIdentity(election.identity())
                .withLeaseDuration(election.leaseDuration())
                .withRenewDeadline(election.renewDeadline())
                .withRetryPeriod(election.retryPeriod())
                // The framework's own exit waits for the end of a shutdown that waits for it, when that is why it
                // stops.
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> started.fire(new LeadershipStarted()),
                        () -> stopLeading(election.identity()),
                        leader -> LOG.infof("leader=%s identity=%s", leader, election.identity())))
                .build();
    }

    private static void stopLeading(String identity) {
        LOG.infof("leading=false identity=%s", identity);
        Quarkus.asyncExit(1);
    }
}
