package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.metrics.ClusterMeter;
import cloud.pxc.proxmox.Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/** What one process holds of a cluster, for tests that begin and end a process of their own. */
public final class ClusterInProcess implements AutoCloseable {

    private final ClusterConnections connections =
            new ClusterConnections(new ClusterMeter(new SimpleMeterRegistry()), Clock.systemUTC());
    private final ClusterWatch watch;

    public ClusterInProcess(ClusterSettings settings, ProxmoxCluster cluster, Connection connection) {
        var name = cluster.getMetadata().getName();
        watch = new ClusterWatch(settings);
        watch.watch(name, connections.connect(name, connection));
        watch.refresh(name);
    }

    public ClusterConnections connections() {
        return connections;
    }

    public ClusterWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.stop();
        connections.stop();
    }
}
