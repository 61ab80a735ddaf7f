package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressMode;
import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The interfaces of a machine with what was leased for them, as its status tells: no ledger is asked. Pure. */
final class ToldNics {

    private ToldNics() {}

    /** Without those whose network the cluster does not have any more, or that have been added since. */
    static List<Nic> of(Machine machine, ProxmoxCluster cluster) {
        var status = machine.getStatus();
        if (status == null) {
            return List.of();
        }
        var macs = new ArrayDeque<>(status.macs());
        var addresses = new ArrayDeque<>(status.addresses());
        var nics = new ArrayList<Nic>();
        var number = -1;
        for (var wanted : machine.getSpec().networks()) {
            number++;
            var mac = macs.poll();
            var network = network(cluster, wanted.name());
            if (mac != null && network.isPresent()) {
                nics.add(new Nic(
                        number,
                        network.get(),
                        mac,
                        Boolean.TRUE.equals(wanted.firewall()),
                        next(addresses, network.get().ipv4(), wanted.ipv4(), false),
                        next(addresses, network.get().ipv6(), wanted.ipv6(), true)));
            }
        }
        return nics;
    }

    /** What is leased stands before what the guest got by itself, in the order of the interfaces, of each its IPv4 address first. */
    private static Optional<String> next(Deque<String> addresses, AddressPlan plan, String fixed, boolean six) {
        var first = addresses.peek();
        var leased = plan != null && (fixed != null || plan.mode() == null || plan.mode() == AddressMode.Pool);
        return !leased || first == null || first.contains(":") != six
                ? Optional.empty()
                : Optional.of(addresses.poll());
    }

    private static Optional<Network> network(ProxmoxCluster cluster, String name) {
        return cluster.getSpec().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }
}
