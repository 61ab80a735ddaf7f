package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.Leases.Lease;
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
        var plan = ToldNics.plan(machine);
        var leases = Stream.<Lease>builder();
        leases.add(new Lease(pools.vmids(), LeasePools.VMID, status.vmid().toString(), owner));
        for (var nic : ToldNics.of(machine, cluster)) {
            var purpose = LeasePools.nic(nic.number());
            var network = nic.network();
            if (!isGiven(machine, plan, nic)) {
                leases.add(new Lease(pools.macs(), purpose, nic.mac(), owner));
            }
            nic.ipv4()
                    .ifPresent(address -> leases.add(
                            new Lease(LeasePools.addresses(network.ipv4()), purpose + "/ipv4", address, owner)));
            nic.ipv6()
                    .ifPresent(address -> leases.add(
                            new Lease(LeasePools.addresses(network.ipv6()), purpose + "/ipv6", address, owner)));
        }
        plan.stale()
                .forEach(stale -> leases.add(
                        new Lease(pools.macs(), LeasePools.nic(NicPlan.number(stale.device())), stale.mac(), owner)));
        return leases.build();
    }

    /** Whether its MAC address is the spec's. */
    private static boolean isGiven(Machine machine, NicPlan plan, Nic nic) {
        var networks = machine.getSpec().networks();
        return plan.places().stream()
                .filter(place -> place.number() == nic.number())
                .anyMatch(place -> networks.get(plan.places().indexOf(place)).mac() != null);
    }
}
