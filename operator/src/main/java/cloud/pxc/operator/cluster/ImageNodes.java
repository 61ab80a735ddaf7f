package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes that are to hold images: all that machines may run on; one of them where the storage is shared. */
final class ImageNodes {

    private ImageNodes() {}

    static List<String> of(ProxmoxClusterSpec spec, ClusterView view) {
        var storages = storages(spec, view);
        var holding = storages.stream().map(StorageResource::node).collect(Collectors.toSet());
        var nodes = usable(spec, view).filter(holding::contains).sorted().toList();
        var shared = storages.stream().anyMatch(StorageResource::shared);
        return shared && !nodes.isEmpty() ? List.of(nodes.getFirst()) : nodes;
    }

    private static Stream<String> usable(ProxmoxClusterSpec spec, ClusterView view) {
        var excluded = spec.nodes() == null ? List.<String>of() : spec.nodes().exclude();
        return view.nodes().stream()
                .filter(NodeResource::online)
                .map(NodeResource::name)
                .filter(node -> !excluded.contains(node));
    }

    private static List<StorageResource> storages(ProxmoxClusterSpec spec, ClusterView view) {
        return view.storages().stream()
                .filter(storage -> storage.storage().equals(spec.storage().images()) && storage.available())
                .toList();
    }
}
