package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.ClusterState;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Version;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was seen.
 *
 * @param cluster empty when no endpoint let us in
 */
record Facts(List<EndpointSight> endpoints, Optional<ClusterSight> cluster) {

    Facts {
        endpoints = List.copyOf(endpoints);
    }

    /** @param failure empty: it answers, and takes the token */
    record EndpointSight(URI endpoint, Optional<ProxmoxException> failure) {}

    /**
     * @param state empty where the token may not see it
     * @param mayClone whether the token may clone guests, which only the exercise does
     * @param missing privileges the token lacks, by path
     * @param bridges that the token may use, by node that is online
     */
    record ClusterSight(
            Version version,
            Optional<ClusterState> state,
            boolean mayClone,
            Map<String, List<String>> missing,
            Inventory inventory,
            Map<String, Set<String>> bridges) {

        boolean lacks(String path, String privilege) {
            return missing.getOrDefault(path, List.of()).contains(privilege);
        }

        List<String> onlineNodes() {
            return inventory.nodes().stream()
                    .filter(Inventory.NodeResource::online)
                    .map(Inventory.NodeResource::name)
                    .sorted()
                    .toList();
        }
    }
}
