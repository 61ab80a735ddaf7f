package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterStatus;
import cloud.pxc.crds.cluster.StorageStatus;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.Inventory.StorageResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is told of a cluster. */
@ApplicationScoped
class ClusterStatuses {

    private final Conditions conditions;
    private final NodeStatuses nodes;

    ClusterStatuses(Conditions conditions, NodeStatuses nodes) {
        this.conditions = conditions;
        this.nodes = nodes;
    }

    static String target(ProxmoxCluster cluster) {
        return cluster.getMetadata().getName() + "." + cluster.getSpec().domain();
    }

    ProxmoxClusterStatus of(ProxmoxCluster cluster, ClusterChecks.Checked checked, Verdict verdict) {
        var facts = checked.facts();
        var before = before(cluster);
        var there = nodes.of(cluster, facts.view(), before.nodes());
        return new ProxmoxClusterStatus(
                cluster.getMetadata().getGeneration(),
                nodes.conditions(
                        conditions.after(
                                before.conditions(), cluster.getMetadata().getGeneration(), verdict),
                        cluster,
                        facts.view(),
                        there),
                target(cluster),
                facts.version().version(),
                facts.state().quorate(),
                facts.view().nodesOnline() + "/" + facts.view().nodes().size(),
                machines(cluster, facts.view()),
                there,
                storages(facts.view()),
                checked.images());
    }

    /** With another verdict, and the rest as it was last seen. */
    ProxmoxClusterStatus with(ProxmoxCluster cluster, Verdict verdict) {
        var before = before(cluster);
        return new ProxmoxClusterStatus(
                cluster.getMetadata().getGeneration(),
                conditions.after(before.conditions(), cluster.getMetadata().getGeneration(), verdict),
                target(cluster),
                before.version(),
                before.quorate(),
                before.nodesOnline(),
                before.machines(),
                before.nodes(),
                before.storages(),
                before.images());
    }

    private static ProxmoxClusterStatus before(ProxmoxCluster cluster) {
        return cluster.getStatus() == null
                ? new ProxmoxClusterStatus(null, null, null, null, null, null, null, null, null, null)
                : cluster.getStatus();
    }

    /** Guests in the operator's own range that carry its tag. */
    private static int machines(ProxmoxCluster cluster, ClusterView view) {
        var range = cluster.getSpec().vmids();
        return (int) view.guests().values().stream()
                .filter(guest -> guest.tags().contains("pxc"))
                .filter(guest -> guest.id().vmid().value() >= range.from()
                        && guest.id().vmid().value() <= range.to())
                .count();
    }

    private static List<StorageStatus> storages(ClusterView view) {
        var byName = view.storages().stream()
                .collect(Collectors.groupingBy(StorageResource::storage, TreeMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .map(entry -> new StorageStatus(
                        entry.getKey(),
                        entry.getValue().getFirst().shared(),
                        entry.getValue().getFirst().content().stream().sorted().toList(),
                        entry.getValue().stream()
                                .map(StorageResource::node)
                                .sorted()
                                .toList()))
                .toList();
    }
}
