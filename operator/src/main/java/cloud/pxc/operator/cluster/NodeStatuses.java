package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.NodeStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is told of a cluster's nodes, and of those that are kept free or emptied. */
@ApplicationScoped
class NodeStatuses {

    static final String CORDONED = "Cordoned";
    static final String DRAINED = "Drained";

    private final Conditions conditions;
    private final Drains drains;

    NodeStatuses(Conditions conditions, Drains drains) {
        this.conditions = conditions;
        this.drains = drains;
    }

    /** Memory in use is left out: it changes with every poll, and each change would be a write. */
    List<NodeStatus> of(ProxmoxCluster cluster, ClusterView view, List<NodeStatus> before) {
        var zones = cluster.getSpec().nodes() == null
                ? Map.<String, String>of()
                : cluster.getSpec().nodes().zones();
        var maintenance = Maintenance.of(cluster);
        var there = maintenance.drained().isEmpty() ? Map.<String, Integer>of() : counts(cluster, view);
        return view.nodes().stream()
                .sorted(Comparator.comparing(NodeResource::name))
                .map(node -> new NodeStatus(
                        node.name(),
                        node.online(),
                        node.cores(),
                        node.memory(),
                        null,
                        zones.get(node.name()),
                        maintenance.cordoned().contains(node.name()) ? Boolean.TRUE : null,
                        maintenance.drained().contains(node.name())
                                ? Math.max(there.getOrDefault(node.name(), 0), drainedOf(before, node.name()))
                                : null))
                .toList();
    }

    private static int drainedOf(List<NodeStatus> before, String node) {
        return before.stream()
                .filter(known -> known.name().equals(node) && known.drainedOf() != null)
                .mapToInt(NodeStatus::drainedOf)
                .findFirst()
                .orElse(0);
    }

    /** @param nodes as they are told now */
    List<Condition> conditions(
            List<Condition> before, ProxmoxCluster cluster, ClusterView view, List<NodeStatus> nodes) {
        var maintenance = Maintenance.of(cluster);
        var known = view.nodes().stream().map(NodeResource::name).collect(Collectors.toSet());
        var after = with(before, cluster, CORDONED, DrainPlan.cordon(maintenance, known));
        return with(after, cluster, DRAINED, drain(cluster, view, maintenance, known, nodes));
    }

    private Optional<DrainPlan.Told> drain(
            ProxmoxCluster cluster,
            ClusterView view,
            Maintenance maintenance,
            Set<String> known,
            List<NodeStatus> nodes) {
        if (maintenance.drained().isEmpty()) {
            return Optional.empty();
        }
        var left = counts(cluster, view);
        var others = others(cluster, view);
        return DrainPlan.drain(
                maintenance,
                known,
                nodes.stream()
                        .filter(node -> maintenance.drained().contains(node.name()))
                        .map(node -> new DrainPlan.Node(
                                node.name(),
                                node.drainedOf(),
                                left.getOrDefault(node.name(), 0),
                                drains.staying(cluster.getMetadata().getName(), node.name()),
                                others.getOrDefault(node.name(), List.of())))
                        .toList());
    }

    private List<Condition> with(
            List<Condition> before, ProxmoxCluster cluster, String type, Optional<DrainPlan.Told> told) {
        return told.map(what -> conditions.with(
                        before,
                        cluster.getMetadata().getGeneration(),
                        type,
                        what.status(),
                        what.reason(),
                        what.message()))
                .orElseGet(() -> Conditions.without(before, type));
    }

    /** How many machines are on which node. */
    private Map<String, Integer> counts(ProxmoxCluster cluster, ClusterView view) {
        var counts = new HashMap<String, Integer>();
        for (var machine : drains.machines(cluster.getMetadata().getName())) {
            vmid(machine)
                    .flatMap(view::guest)
                    .map(guest -> guest.id().node())
                    .ifPresent(node -> counts.merge(node, 1, Integer::sum));
        }
        return counts;
    }

    /** VMIDs of guests that are no machine's, by node. */
    private Map<String, List<Integer>> others(ProxmoxCluster cluster, ClusterView view) {
        var ours = drains.machines(cluster.getMetadata().getName()).stream()
                .flatMap(machine -> vmid(machine).stream())
                .collect(Collectors.toSet());
        return view.guests().values().stream()
                .filter(guest -> !guest.template() && !ours.contains(guest.id().vmid()))
                .collect(Collectors.groupingBy(
                        guest -> guest.id().node(),
                        Collectors.mapping(guest -> guest.id().vmid().value(), Collectors.toList())));
    }

    private static Optional<Vmid> vmid(Machine machine) {
        return Optional.ofNullable(machine.getStatus())
                .map(status -> status.vmid())
                .map(Vmid::new);
    }
}
