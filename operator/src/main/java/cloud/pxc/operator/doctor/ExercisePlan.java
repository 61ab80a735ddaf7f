package cloud.pxc.operator.doctor;

import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Vmid;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where what is tried.
 *
 * @param name of this run: its guests and files begin with it
 * @param vmids that may be taken, one after the other
 * @param mayClone whether the token may clone, which the operator does not need
 * @param downloadTemplate whether a container template may be fetched where none is there
 */
record ExercisePlan(
        String node, String name, ClusterNeeds needs, List<Vmid> vmids, boolean mayClone, boolean downloadTemplate) {

    /** Nobody takes so many in between. */
    private static final int VMIDS = 50;

    /** The node with the most free memory of those that have everything, or the one that is asked for if it has. */
    static Optional<String> node(ClusterNeeds needs, ClusterSight cluster, Optional<String> wanted) {
        var machines = StorageCheck.nodes(needs.machines(), cluster);
        var images = StorageCheck.nodes(needs.images(), cluster);
        return cluster.inventory().nodes().stream()
                .filter(node -> machines.contains(node.name()) && images.contains(node.name()))
                .filter(node -> needs.plugs().stream()
                        .allMatch(plug -> cluster.bridges().get(node.name()).contains(plug.bridge())))
                .filter(node -> wanted.isEmpty() || wanted.get().equals(node.name()))
                .max(Comparator.comparingLong(ExercisePlan::freeMemory))
                .map(NodeResource::name);
    }

    /** From the end of the range, where an operator comes last. */
    static List<Vmid> vmids(Inquiry inquiry, ClusterSight cluster) {
        var taken = cluster.inventory().guests().stream()
                .map(GuestResource::id)
                .map(id -> id.vmid().value())
                .collect(Collectors.toSet());
        var range = inquiry.vmids();
        return IntStream.iterate(range.to(), vmid -> vmid >= range.from(), vmid -> vmid - 1)
                .filter(vmid -> !taken.contains(vmid))
                .limit(VMIDS)
                .mapToObj(Vmid::new)
                .toList();
    }

    private static long freeMemory(NodeResource node) {
        return node.memory() - node.memoryUsed();
    }
}
