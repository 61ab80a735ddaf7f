package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.Leases.Lease;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** The leases that a machine's status tells of: what the ledger is rebuilt from when it has been lost. Pure. */
final class ToldLeases {

    private ToldLeases() {}

    static Stream<Lease> of(Machine machine, ProxmoxCluster cluster) {
        var status = machine.getStatus();
        if (status == null || status.vmid() == null) {
            return Stream.empty();
        }
        var owner = MachineIdentity.owner(machine);
        var pools = new LeasePools(cluster);
        var leases = Stream.<Lease>builder();
        leases.add(new Lease(pools.vmids(), LeasePools.VMID, status.vmid().toString(), owner));
        var macs = new ArrayDeque<>(status.macs());
        var addresses = new ArrayDeque<>(status.addresses());
        var number = 0;
        for (var wanted : machine.getSpec().networks()) {
            var nic = LeasePools.nic(number++);
            var mac = macs.poll();
            if (mac != null && wanted.mac() == null) {
                leases.add(new Lease(pools.macs(), nic, mac, owner));
            }
            network(cluster, wanted.name()).ifPresent(network -> {
                next(addresses, network.ipv4(), false)
                        .ifPresent(address ->
                                leases.add(new Lease(pools.addresses(network), nic + "/ipv4", address, owner)));
                next(addresses, network.ipv6(), true)
                        .ifPresent(address ->
                                leases.add(new Lease(pools.addresses(network), nic + "/ipv6", address, owner)));
            });
        }
        return leases.build();
    }

    /** Addresses stand in the order of the interfaces, of each its IPv4 one first. */
    private static Optional<String> next(Deque<String> addresses, AddressPlan plan, boolean six) {
        var first = addresses.peek();
        return plan == null || first == null || first.contains(":") != six
                ? Optional.empty()
                : Optional.of(addresses.poll());
    }

    private static Optional<Network> network(ProxmoxCluster cluster, String name) {
        return cluster.getSpec().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }
}
