package cloud.pxc.operator.cluster;

import cloud.pxc.operator.metrics.ClusterMeter;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One client for each ProxmoxCluster, made anew when its endpoints, token or CA change. */
@ApplicationScoped
public class ClusterConnections {

    private record Connected(Connection connection, ProxmoxClient client) {}

    private final ClusterMeter meter;
    private final Clock clock;
    private final Map<String, Connected> clients = new ConcurrentHashMap<>();

    ClusterConnections(ClusterMeter meter, Clock clock) {
        this.meter = meter;
        this.clock = clock;
    }

    /** The client of a cluster that has been connected. */
    public Optional<ProxmoxClient> client(String cluster) {
        return Optional.ofNullable(clients.get(cluster)).map(Connected::client);
    }

    /** @throws IllegalArgumentException with a sentence, if such a connection can't be */
    ProxmoxClient connect(String cluster, Connection connection) {
        return clients.compute(cluster, (name, before) -> {
                    if (before != null && before.connection().equals(connection)) {
                        return before;
                    }
                    var after =
                            new Connected(connection, ProxmoxClient.of(connection, clock, meter.connected(cluster)));
                    if (before != null) {
                        before.client().close();
                    }
                    return after;
                })
                .client();
    }

    void disconnect(String cluster) {
        var connected = clients.remove(cluster);
        if (connected != null) {
            connected.client().close();
            meter.disconnected(cluster);
        }
    }

    @PreDestroy
    void stop() {
        clients.keySet().forEach(this::disconnect);
    }
}
