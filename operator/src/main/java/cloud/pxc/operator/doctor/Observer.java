package cloud.pxc.operator.doctor;

import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.cluster.RequiredPrivileges;
import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.operator.doctor.Facts.EndpointSight;
import cloud.pxc.proxmox.ClusterState;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.Unauthenticated;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks, and changes nothing. */
final class Observer {

    private Observer() {}

    /**
     * @throws IllegalArgumentException with a sentence, if such a connection can't be
     * @throws ProxmoxException when a cluster that has let us in fails afterwards
     */
    static Facts observe(Connection connection, ClusterNeeds needs) {
        var endpoints = new ArrayList<EndpointSight>();
        for (var endpoint : connection.endpoints()) {
            var failure = failure(only(connection, List.of(endpoint)));
            endpoints.add(new EndpointSight(endpoint, failure));
            if (failure.filter(Unauthenticated.class::isInstance).isPresent()) {
                break; // a wrong token is wrong everywhere, and each answer takes Proxmox VE three seconds
            }
        }
        var answering = answering(endpoints);
        return new Facts(
                endpoints,
                answering.isEmpty() ? Optional.empty() : Optional.of(cluster(only(connection, answering), needs)));
    }

    static Connection only(Connection connection, List<URI> endpoints) {
        return new Connection(endpoints, connection.token(), connection.trust(), connection.timeouts());
    }

    static List<URI> answering(List<EndpointSight> endpoints) {
        return endpoints.stream()
                .filter(sight -> sight.failure().isEmpty())
                .map(EndpointSight::endpoint)
                .toList();
    }

    private static Optional<ProxmoxException> failure(Connection connection) {
        try (var client = ProxmoxClient.of(connection)) {
            client.version();
            return Optional.empty();
        } catch (ProxmoxException e) {
            return Optional.of(e);
        }
    }

    private static ClusterSight cluster(Connection connection, ClusterNeeds needs) {
        try (var client = ProxmoxClient.of(connection)) {
            var inventory = client.inventory();
            var permissions = client.permissions();
            var version = client.version();
            var bridges = new TreeMap<String, Set<String>>();
            inventory.nodes().stream()
                    .filter(node -> node.online())
                    .forEach(node -> bridges.put(node.name(), client.bridges(node.name())));
            return new ClusterSight(
                    version,
                    state(client),
                    permissions.has("/vms", "VM.Clone"),
                    RequiredPrivileges.missing(needs, version, permissions),
                    inventory,
                    bridges);
        }
    }

    /** Not to be seen without a privilege that is looked for anyway. */
    private static Optional<ClusterState> state(ProxmoxClient client) {
        try {
            return Optional.of(client.clusterState());
        } catch (ProxmoxException.Forbidden e) {
            return Optional.empty();
        }
    }
}
