package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Placement;
import cloud.pxc.crds.machine.Spread;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Chooses nodes one machine after the other, so that each sees what the one before was given: what the last poll knows, and what
 * has been reserved and is not created yet.
 */
@ApplicationScoped
class NodeChoice {

    private record Booking(String cluster, String node, Vmid vmid, int cores, long memory, String set) {}

    private final Map<String, Booking> bookings = new LinkedHashMap<>();

    /** Machines that exist: given when the watch of them is. */
    private java.util.function.Supplier<Stream<Machine>> machines = Stream::empty;

    synchronized void know(java.util.function.Supplier<Stream<Machine>> all) {
        machines = all;
    }

    synchronized PlacementPlanner.Choice choose(Machine machine, Situation.Usable usable, Vmid vmid) {
        var cluster = usable.cluster();
        var booked = booked(machine, cluster, usable.view());
        var rooms = usable.view().nodes().stream()
                .map(node -> room(machine, cluster, usable.view(), node, booked))
                .toList();
        var spec = machine.getSpec();
        var placement = spec.placement() == null ? new Placement(Spread.node, null) : spec.placement();
        var wanted = new PlacementPlanner.Wanted(
                spec.cores(),
                Sizes.bytes(spec.memory()),
                placement.spread() == null ? Spread.node : placement.spread(),
                Set.copyOf(placement.nodes()),
                peers(machine));
        var choice = PlacementPlanner.choose(wanted, rooms);
        if (choice instanceof PlacementPlanner.Choice.On(var node)) {
            bookings.put(
                    machine.getMetadata().getUid(),
                    new Booking(
                            cluster.getMetadata().getName(),
                            node,
                            vmid,
                            spec.cores(),
                            Sizes.bytes(spec.memory()),
                            set(machine)));
        }
        return choice;
    }

    /** Its guest is there, where the next poll sees it; or it is not wanted any more. */
    synchronized void forget(Machine machine) {
        bookings.remove(machine.getMetadata().getUid());
    }

    /** Reserved in status or in this process, and not created: nobody else counts it. */
    private List<Booking> booked(Machine asking, ProxmoxCluster cluster, ClusterView view) {
        var name = cluster.getMetadata().getName();
        var all = new LinkedHashMap<String, Booking>();
        machines.get()
                .filter(machine -> machine.getSpec().clusterRef().name().equals(name))
                .filter(machine -> machine.getStatus() != null
                        && machine.getStatus().node() != null
                        && machine.getStatus().vmid() != null)
                .forEach(machine -> all.put(
                        machine.getMetadata().getUid(),
                        new Booking(
                                name,
                                machine.getStatus().node(),
                                new Vmid(machine.getStatus().vmid()),
                                machine.getSpec().cores(),
                                Sizes.bytes(machine.getSpec().memory()),
                                set(machine))));
        bookings.forEach((uid, booking) -> {
            if (booking.cluster().equals(name)) {
                all.put(uid, booking);
            }
        });
        all.remove(asking.getMetadata().getUid());
        return all.values().stream()
                .filter(booking -> view.guest(booking.vmid()).isEmpty())
                .toList();
    }

    private List<String> peers(Machine asking) {
        var nodes = new LinkedHashMap<String, String>();
        machines.get()
                .filter(machine -> set(machine).equals(set(asking)))
                .filter(machine ->
                        machine.getStatus() != null && machine.getStatus().node() != null)
                .forEach(machine -> nodes.put(
                        machine.getMetadata().getUid(), machine.getStatus().node()));
        bookings.forEach((uid, booking) -> {
            if (booking.set().equals(set(asking))) {
                nodes.put(uid, booking.node());
            }
        });
        nodes.remove(asking.getMetadata().getUid());
        return List.copyOf(nodes.values());
    }

    private static PlacementPlanner.Room room(
            Machine machine, ProxmoxCluster cluster, ClusterView view, NodeResource node, List<Booking> booked) {
        var spec = cluster.getSpec();
        var cores = 0;
        var memory = 0L;
        for (var guest : view.guests().values()) {
            if (guest.id().node().equals(node.name()) && !guest.template()) {
                cores += guest.cores();
                memory += guest.memory();
            }
        }
        for (var booking : booked) {
            if (booking.node().equals(node.name())) {
                cores += booking.cores();
                memory += booking.memory();
            }
        }
        var overcommit = spec.overcommit();
        var zone = spec.nodes() == null ? node.name() : spec.nodes().zones().getOrDefault(node.name(), node.name());
        return new PlacementPlanner.Room(
                node.name(),
                zone,
                node.cores() * (overcommit == null ? 4 : overcommit.cpu()) - cores,
                node.memory() * (overcommit == null ? 1 : overcommit.memory()) - memory,
                objection(machine, cluster, view, node));
    }

    private static String objection(Machine machine, ProxmoxCluster cluster, ClusterView view, NodeResource node) {
        if (!node.online()) {
            return "offline";
        }
        var spec = cluster.getSpec();
        if (spec.nodes() != null && spec.nodes().exclude().contains(node.name())) {
            return "spec.nodes.exclude names it";
        }
        var needed = new TreeSet<String>();
        needed.add(spec.storage().machines());
        needed.add(spec.storage().images());
        machine.getSpec().disks().forEach(disk -> {
            if (disk.storage() != null) {
                needed.add(disk.storage());
            }
        });
        var there = view.storages().stream()
                .filter(storage -> storage.node().equals(node.name()) && storage.available())
                .map(StorageResource::storage)
                .toList();
        var lacking = new ArrayList<>(needed);
        lacking.removeAll(there);
        return lacking.isEmpty() ? null : "storage " + String.join(", ", lacking) + " is not available there";
    }

    private static String set(Machine machine) {
        return machine.getMetadata().getNamespace() + "/" + machine.getSpec().stack() + "/"
                + machine.getSpec().set();
    }
}
