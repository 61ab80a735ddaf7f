package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressMode;
import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.proxmox.GuestConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The interfaces of a machine with what was leased for them, as its status tells: no ledger is asked. Pure. */
final class ToldNics {

    private ToldNics() {}

    /** Without those whose network the cluster does not have any more, or that have been added or changed since. */
    static List<Nic> of(Machine machine, ProxmoxCluster cluster) {
        return nics(machine, cluster.getSpec(), Progress.of(machine), plan(machine)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    static NicPlan plan(Machine machine) {
        return NicPlan.of(machine.getSpec().networks(), attached(machine, Progress.of(machine)), Set.of());
    }

    /** All of them; empty where something has to be leased first. */
    static Optional<List<Nic>> all(Machine machine, ProxmoxClusterSpec cluster, Progress progress, NicPlan plan) {
        var nics = nics(machine, cluster, progress, plan);
        return nics.stream().allMatch(nic -> nic.filter(ToldNics::isWhole).isPresent())
                ? Optional.of(nics.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /** What the guest has, or is to have, by the status; from a time before that told of it, in the order of the spec. */
    static List<AttachedInterface> attached(Machine machine, Progress progress) {
        var known = progress.hardware().map(GuestHardware::interfaces);
        if (known.isPresent()) {
            return known.get();
        }
        var attached = new ArrayList<AttachedInterface>();
        for (var wanted : machine.getSpec().networks()) {
            var number = attached.size();
            if (number < progress.macs().size()) {
                attached.add(new AttachedInterface(
                        NicPlan.device(number), wanted.name(), progress.macs().get(number)));
            }
        }
        return attached;
    }

    /** As {@link #attached}; those of a guest that was made by hand are the spec's in their order. */
    static List<AttachedInterface> attached(Machine machine, Progress progress, GuestConfig config) {
        var attached = attached(machine, progress);
        if (!attached.isEmpty() || progress.hardware().isPresent()) {
            return attached;
        }
        var found = new ArrayList<AttachedInterface>();
        var numbers = NicPlan.numbers(config).iterator();
        for (var wanted : machine.getSpec().networks()) {
            if (numbers.hasNext()) {
                var device = NicPlan.device(numbers.next());
                NicSettings.mac(config.get(device).orElseThrow())
                        .ifPresent(mac -> found.add(new AttachedInterface(device, wanted.name(), mac)));
            }
        }
        return found;
    }

    private static List<Optional<Nic>> nics(
            Machine machine, ProxmoxClusterSpec cluster, Progress progress, NicPlan plan) {
        var used = new HashSet<String>();
        var nics = new ArrayList<Optional<Nic>>();
        for (var i = 0; i < plan.places().size(); i++) {
            var wanted = machine.getSpec().networks().get(i);
            var place = plan.places().get(i);
            var network = network(cluster, wanted.name());
            nics.add(place.known()
                    .filter(attached -> isFor(attached, wanted) && network.isPresent())
                    .map(attached -> new Nic(
                            place.number(),
                            Nic.plugged(network.get(), wanted),
                            attached.mac(),
                            Boolean.TRUE.equals(wanted.firewall()),
                            address(progress, network.get().ipv4(), wanted.ipv4(), used),
                            address(progress, network.get().ipv6(), wanted.ipv6(), used)))
                    .map(nic -> progress.adopted() ? nic.keptAsItIs() : nic));
        }
        return nics;
    }

    private static boolean isFor(AttachedInterface attached, NetworkInterface wanted) {
        return attached.network().equals(wanted.name())
                && attached.mac() != null
                && (wanted.mac() == null || wanted.mac().equals(attached.mac()));
    }

    /** What is leased stands before what the guest got by itself. */
    private static Optional<String> address(Progress progress, AddressPlan plan, String fixed, Set<String> used) {
        if (plan == null || fixed == null && !isPool(plan)) {
            return Optional.empty();
        }
        var subnet = Subnet.of(plan.subnet());
        var left = progress.addresses().stream()
                .filter(address -> !used.contains(address) && subnet.contains(address))
                .toList();
        var asked = Optional.ofNullable(fixed).map(AddressRange::canonical).filter(left::contains);
        var address = asked.or(() -> left.stream().findFirst());
        address.ifPresent(used::add);
        return address;
    }

    /** Whether it has the addresses that pools are there for. */
    private static boolean isWhole(Nic nic) {
        return (nic.ipv4().isPresent() || !isPool(nic.network().ipv4()))
                && (nic.ipv6().isPresent() || !isPool(nic.network().ipv6()));
    }

    private static boolean isPool(AddressPlan plan) {
        return plan != null && Objects.requireNonNullElse(plan.mode(), AddressMode.Pool) == AddressMode.Pool;
    }

    /** Of the networks that these are for. */
    static List<Subnet> subnets(ProxmoxCluster cluster, List<AttachedInterface> attached) {
        return attached.stream()
                .flatMap(nic -> network(cluster.getSpec(), nic.network()).stream())
                .flatMap(network -> Stream.of(network.ipv4(), network.ipv6()))
                .filter(Objects::nonNull)
                .map(plan -> Subnet.of(plan.subnet()))
                .toList();
    }

    private static Optional<Network> network(ProxmoxClusterSpec cluster, String name) {
        return cluster.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }
}
