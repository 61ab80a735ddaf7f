package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;

/** What there is of a cluster in this process, from its first connection until it is forgotten. */
@ApplicationScoped
class ClusterLife {

    private final ClusterSecrets secrets;
    private final ClusterConnections connections;
    private final ClusterChecks checks;
    private final ClusterWatch watch;

    ClusterLife(ClusterSecrets secrets, ClusterConnections connections, ClusterChecks checks, ClusterWatch watch) {
        this.secrets = secrets;
        this.connections = connections;
        this.checks = checks;
        this.watch = watch;
    }

    /** What was found, and what is concluded of it. */
    record Look(ClusterChecks.Checked checked, Verdict verdict) {}

    /**
     * Connects where that has not been done, with the Secrets as they are now.
     *
     * @throws SecretInvalid if a Secret lacks something
     * @throws IllegalArgumentException with a sentence, if the spec says something that can't be
     */
    Look look(ProxmoxCluster cluster) {
        var connection = secrets.connection(cluster.getSpec());
        var client = connections.connect(cluster.getMetadata().getName(), connection);
        var checked = checks.check(cluster, client);
        return new Look(
                checked,
                ClusterVerdicts.of(
                        cluster,
                        checked.facts(),
                        checked.images(),
                        connection.token().id()));
    }

    void forget(String cluster) {
        watch.forget(cluster);
        checks.forget(cluster);
        connections.disconnect(cluster);
    }
}
