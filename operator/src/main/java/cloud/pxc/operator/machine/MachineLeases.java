package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.ledger.Holdings;
import cloud.pxc.ledger.LeaseOutcome;
import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes VMID, MAC addresses and addresses of machines in the ledger. Asked again, it gives the same ones. */
@ApplicationScoped
class MachineLeases {

    private final Leases leases;
    /** VMIDs that Proxmox says are taken by guests that the API token can't see. */
    private final Map<String, Set<Integer>> unusable = new ConcurrentHashMap<>();

    private final Set<String> restored = new HashSet<>();
    /** The machines of a cluster that exist: given when the watch of them is. */
    private Function<String, Collection<Machine>> existing = cluster -> List.of();

    MachineLeases(Leases leases) {
        this.leases = leases;
    }

    synchronized void know(Function<String, Collection<Machine>> machines) {
        existing = machines;
    }

    /**
     * @throws Obstacle if a pool has nothing left, or somebody else has what is wanted
     * @throws IllegalArgumentException if the machine names a network that its cluster does not have, or an address that can't be
     *     in its network
     */
    Reservation take(Machine machine, ProxmoxCluster cluster, ClusterView view) {
        restore(cluster);
        // Of one that has a VMID nothing is to be taken any more, as a rule.
        return Progress.of(machine).vmid().isPresent()
                ? reserve(machine, cluster, view)
                : leases.together(pools(machine, cluster), () -> reserve(machine, cluster, view));
    }

    private Reservation reserve(Machine machine, ProxmoxCluster cluster, ClusterView view) {
        var own = leases.heldBy(MachineIdentity.owner(machine));
        var plugged = plug(machine, cluster, own, ToldNics.attached(machine, Progress.of(machine)), Set.of());
        return new Reservation(vmid(cluster, view, own), plugged.nics(), plugged.stale());
    }

    private static Set<String> pools(Machine machine, ProxmoxCluster cluster) {
        var pools = new HashSet<String>();
        var named = new LeasePools(cluster);
        pools.add(named.vmids());
        pools.add(named.macs());
        machine.getSpec().networks().forEach(network -> pools.addAll(addresses(cluster, network.name())));
        return pools;
    }

    /**
     * What the interfaces of a machine have.
     *
     * @param stale what the guest has, or had, for what the spec doesn't have any more
     */
    record Plugged(List<Nic> nics, List<AttachedInterface> stale) {}

    /**
     * As {@link #take}, of a machine that has a VMID.
     *
     * @param known interfaces that it has
     * @param taken numbers of those that are somebody else's
     */
    Plugged plug(Machine machine, ProxmoxCluster cluster, List<AttachedInterface> known, Set<Integer> taken) {
        restore(cluster);
        return plug(machine, cluster, leases.heldBy(MachineIdentity.owner(machine)), known, taken);
    }

    private Plugged plug(
            Machine machine, ProxmoxCluster cluster, Holdings own, List<AttachedInterface> known, Set<Integer> taken) {
        var plan = NicPlan.of(machine.getSpec().networks(), known, taken);
        var nics = new ArrayList<Nic>();
        var stale = new ArrayList<>(plan.stale());
        for (var wanted : machine.getSpec().networks()) {
            var place = plan.places().get(nics.size());
            nics.add(nic(machine, cluster, own, place, wanted));
            place.known()
                    .filter(before -> !before.network().equals(wanted.name()))
                    .ifPresent(stale::add);
        }
        return new Plugged(nics, stale);
    }

    /** What interfaces had that are gone: of one that is for another network by now only its addresses in the one before. */
    void unplug(
            Machine machine, ProxmoxCluster cluster, List<AttachedInterface> gone, List<AttachedInterface> current) {
        var owner = MachineIdentity.owner(machine);
        var pools = new LeasePools(cluster);
        for (var nic : gone) {
            var purpose = LeasePools.nic(NicPlan.number(nic.device()));
            var now = current.stream()
                    .filter(other -> other.device().equals(nic.device()))
                    .findFirst();
            if (now.isEmpty()) {
                leases.release(pools.macs(), owner, purpose);
            }
            var kept = now.map(other -> addresses(cluster, other.network())).orElse(Set.of());
            addresses(cluster, nic.network()).stream()
                    .filter(pool -> !kept.contains(pool))
                    .forEach(pool -> {
                        leases.release(pool, owner, purpose + "/ipv4");
                        leases.release(pool, owner, purpose + "/ipv6");
                    });
        }
    }

    /** Pools that addresses of that network are leased from. */
    private static Set<String> addresses(ProxmoxCluster cluster, String network) {
        return cluster.getSpec().networks().stream()
                .filter(each -> each.name().equals(network))
                .flatMap(each -> Stream.of(each.ipv4(), each.ipv6()))
                .filter(Objects::nonNull)
                .map(LeasePools::addresses)
                .collect(Collectors.toSet());
    }

    /** Before the first lease after a start: what machines have by their status is theirs, also where the ledger was lost since. */
    synchronized void restore(ProxmoxCluster cluster) {
        var name = cluster.getMetadata().getName();
        if (!restored.contains(name)) {
            leases.restore(existing.apply(name).stream().flatMap(machine -> ToldLeases.of(machine, cluster)));
            restored.add(name);
        }
    }

    /** The VMID is somebody else's after all: another is taken next time. Told again, it takes nothing of that one. */
    void giveUpVmid(Machine machine, ProxmoxCluster cluster, Vmid vmid) {
        var pools = new LeasePools(cluster);
        unusable.computeIfAbsent(pools.target(), unknown -> ConcurrentHashMap.newKeySet())
                .add(vmid.value());
        leases.release(
                new Leases.Lease(pools.vmids(), LeasePools.VMID, vmid.toString(), MachineIdentity.owner(machine)));
    }

    /** Its cloud-init ISO may have stayed on a node that lost its power. */
    void leaveSeed(Machine machine, ProxmoxCluster cluster, Seeds.Left left) {
        leases.take(
                new LeasePools(cluster).seeds(),
                MachineIdentity.owner(machine),
                left.node() + "/" + left.storage(),
                List.of(left.node() + "/" + left.storage() + "/" + MachineIdentity.ownerTag(machine)));
    }

    /** Where its cloud-init ISO may have stayed. */
    List<Seeds.Left> leftSeeds(Machine machine, ProxmoxCluster cluster) {
        var pool = new LeasePools(cluster).seeds();
        return leases.of(MachineIdentity.owner(machine)).stream()
                .filter(lease -> lease.pool().equals(pool))
                .map(lease -> lease.purpose().split("/"))
                .map(parts -> new Seeds.Left(parts[0], parts[1]))
                .toList();
    }

    void releaseAll(Machine machine) {
        leases.releaseAll(MachineIdentity.owner(machine));
    }

    private Vmid vmid(ProxmoxCluster cluster, ClusterView view, Holdings own) {
        var range = cluster.getSpec().vmids();
        var pools = new LeasePools(cluster);
        var burned = unusable.getOrDefault(pools.target(), Set.of());
        Iterable<String> candidates = () -> IntStream.rangeClosed(range.from(), range.to())
                .filter(number ->
                        !burned.contains(number) && view.guest(new Vmid(number)).isEmpty())
                .mapToObj(Integer::toString)
                .iterator();
        return switch (own.take(pools.vmids(), LeasePools.VMID, candidates)) {
            case LeaseOutcome.Leased(var value) -> new Vmid(Integer.parseInt(value));
            case LeaseOutcome.Exhausted exhausted ->
                throw Obstacle.failing(
                        MachineReason.PoolExhausted,
                        "every VMID from " + range.from() + " to " + range.to() + " of ProxmoxCluster "
                                + cluster.getMetadata().getName() + " is taken; widen spec.vmids, or delete machines");
        };
    }

    private Nic nic(
            Machine machine, ProxmoxCluster cluster, Holdings own, NicPlan.Place place, NetworkInterface wanted) {
        var number = place.number();
        var network = cluster.getSpec().networks().stream()
                .filter(each -> each.name().equals(wanted.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ProxmoxCluster "
                        + cluster.getMetadata().getName() + " has no network " + wanted.name() + " (it has: "
                        + String.join(", ", names(cluster)) + "); name one of those, or add it to spec.networks"));
        var mac = Optional.ofNullable(wanted.mac()).orElseGet(() -> mac(cluster, own, place));
        var addresses =
                new AddressLeases(leases, own, machine, cluster.getMetadata().getName());
        var ipv4 = new AddressLeases.Wish(number, network, network.ipv4(), wanted.ipv4(), "ipv4");
        var ipv6 = new AddressLeases.Wish(number, network, network.ipv6(), wanted.ipv6(), "ipv6");
        // One that was there before the guest was taken over has what it has.
        var kept = place.known().isPresent() && Progress.of(machine).adopted();
        var nic = new Nic(
                number,
                Nic.plugged(network, wanted),
                mac,
                Boolean.TRUE.equals(wanted.firewall()),
                kept ? addresses.held(ipv4) : addresses.take(ipv4),
                kept ? addresses.held(ipv6) : addresses.take(ipv6));
        return kept ? nic.keptAsItIs() : nic;
    }

    /** One that the guest has already stays, whoever gave it that. */
    private String mac(ProxmoxCluster cluster, Holdings own, NicPlan.Place place) {
        var known = place.known().map(AttachedInterface::mac);
        var outcome = own.take(
                new LeasePools(cluster).macs(),
                LeasePools.nic(place.number()),
                known.<Iterable<String>>map(List::of)
                        .orElseGet(() -> MacAddress.candidates(own.owner().uid(), place.number())));
        return known.orElseGet(() -> ((LeaseOutcome.Leased) outcome).value());
    }

    private static List<String> names(ProxmoxCluster cluster) {
        return cluster.getSpec().networks().stream().map(Network::name).toList();
    }
}
