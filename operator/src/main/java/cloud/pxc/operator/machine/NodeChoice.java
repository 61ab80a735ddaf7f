package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Placement;
import cloud.pxc.crds.machine.Spread;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.operator.cluster.Maintenance;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses nodes one machine after the other, so that each sees what the one before was given: what the last poll knows, and what
 * has been promised and is not seen there yet.
 */
@ApplicationScoped
public class NodeChoice {

    private final Map<String, Bookings> clusters = new HashMap<>();

    /** The machines of a cluster that exist, for the first choice after a start: given when the watch of them is. */
    private Function<String, Collection<Machine>> existing = cluster -> List.of();

    synchronized void know(Function<String, Collection<Machine>> machines) {
        existing = machines;
    }

    /** What a node is judged by. */
    private record Needs(Set<String> storages, Maintenance maintenance) {}

    /** @param already where something of it is, which is taken if it will do */
    public synchronized PlacementPlanner.Choice choose(
            Machine machine, ProxmoxCluster cluster, ClusterView view, Vmid vmid, Optional<String> already) {
        var bookings = bookings(cluster.getMetadata().getName());
        bookings.remove(machine.getMetadata().getUid());
        var needs = new Needs(storages(machine, cluster), Maintenance.of(cluster));
        var rooms = view.nodes().stream()
                .map(node -> room(cluster, view, node, needs, bookings))
                .toList();
        var wanted = wanted(machine, bookings.peers(set(machine)));
        var there = rooms.stream()
                .filter(room -> already.filter(room.node()::equals).isPresent())
                .toList();
        var choice = PlacementPlanner.choose(wanted, there) instanceof PlacementPlanner.Choice.On on
                ? on
                : PlacementPlanner.choose(wanted, rooms);
        if (choice instanceof PlacementPlanner.Choice.On(var node)) {
            bookings.put(booking(machine, vmid, node));
        }
        return choice;
    }

    /**
     * A node that it can go to from the one it is on; what it takes is promised there from now on.
     *
     * @param to the only one that will do; empty: any
     */
    synchronized PlacementPlanner.Choice elsewhere(
            Machine machine, Situation.Usable usable, Progress progress, Optional<String> to) {
        var cluster = usable.cluster();
        var here = progress.node().orElseThrow();
        var vmid = progress.vmid().orElseThrow();
        var bookings = bookings(cluster.getMetadata().getName());
        bookings.remove(machine.getMetadata().getUid());
        var needs = new Needs(storages(machine, cluster), Maintenance.of(cluster));
        var rooms = usable.view().nodes().stream()
                .filter(node -> !node.name().equals(here))
                .filter(node -> to.isEmpty() || to.get().equals(node.name()))
                .map(node -> room(cluster, usable.view(), node, needs, bookings))
                .toList();
        var choice = PlacementPlanner.choose(wanted(machine, bookings.peers(set(machine))), rooms);
        if (choice instanceof PlacementPlanner.Choice.On(var node)) {
            bookings.expect(booking(machine, vmid, node));
        } else {
            bookings.put(booking(machine, vmid, here));
        }
        return choice;
    }

    /** Its guest is there, as large as its spec says. */
    synchronized void note(Machine machine, Vmid vmid, String node) {
        bookings(machine.getSpec().clusterRef().name()).put(booking(machine, vmid, node));
    }

    /** Its guest is not wanted any more. */
    synchronized void forget(Machine machine) {
        bookings(machine.getSpec().clusterRef().name())
                .remove(machine.getMetadata().getUid());
    }

    private Bookings bookings(String cluster) {
        return clusters.computeIfAbsent(cluster, name -> {
            var bookings = new Bookings();
            existing.apply(name).stream()
                    .filter(machine -> machine.getStatus() != null
                            && machine.getStatus().node() != null
                            && machine.getStatus().vmid() != null)
                    .map(machine -> booking(
                            machine,
                            new Vmid(machine.getStatus().vmid()),
                            machine.getStatus().node()))
                    .forEach(bookings::put);
            return bookings;
        });
    }

    private static Bookings.Booking booking(Machine machine, Vmid vmid, String node) {
        var spec = machine.getSpec();
        return new Bookings.Booking(
                machine.getMetadata().getUid(), vmid, node, spec.cores(), Sizes.bytes(spec.memory()), set(machine));
    }

    private static PlacementPlanner.Wanted wanted(Machine machine, Map<String, Integer> peers) {
        var spec = machine.getSpec();
        var placement = spec.placement() == null ? new Placement(Spread.node, null) : spec.placement();
        return new PlacementPlanner.Wanted(
                spec.cores(),
                Sizes.bytes(spec.memory()),
                placement.spread() == null ? Spread.node : placement.spread(),
                Set.copyOf(placement.nodes()),
                peers);
    }

    private static PlacementPlanner.Room room(
            ProxmoxCluster cluster, ClusterView view, NodeResource node, Needs needs, Bookings bookings) {
        var spec = cluster.getSpec();
        var overcommit = spec.overcommit();
        var promised = bookings.on(node.name(), view);
        var zone = spec.nodes() == null ? node.name() : spec.nodes().zones().getOrDefault(node.name(), node.name());
        return new PlacementPlanner.Room(
                node.name(),
                zone,
                node.cores() * (overcommit == null ? 4 : overcommit.cpu()) - promised.cores(),
                node.memory() * (overcommit == null ? 1 : overcommit.memory()) - promised.memory(),
                objection(cluster, view, node, needs));
    }

    /** Those that its disks, its image and its cloud-init data are on. */
    private static Set<String> storages(Machine machine, ProxmoxCluster cluster) {
        var storages = new TreeSet<String>();
        storages.add(cluster.getSpec().storage().machines());
        storages.add(cluster.getSpec().storage().images());
        machine.getSpec().disks().stream()
                .map(Disk::storage)
                .filter(Objects::nonNull)
                .forEach(storages::add);
        return storages;
    }

    private static String objection(ProxmoxCluster cluster, ClusterView view, NodeResource node, Needs needs) {
        if (!node.online()) {
            return "offline";
        }
        var maintained = needs.maintenance().objection(node.name());
        if (maintained.isPresent()) {
            return maintained.get();
        }
        var spec = cluster.getSpec();
        if (spec.nodes() != null && spec.nodes().exclude().contains(node.name())) {
            return "spec.nodes.exclude names it";
        }
        var available = view.storagesOn(node.name());
        return available.containsAll(needs.storages())
                ? null
                : "storage "
                        + needs.storages().stream()
                                .filter(storage -> !available.contains(storage))
                                .collect(Collectors.joining(", "))
                        + " is not available there";
    }

    private static String set(Machine machine) {
        return machine.getMetadata().getNamespace() + "/" + machine.getSpec().stack() + "/"
                + machine.getSpec().set();
    }
}
