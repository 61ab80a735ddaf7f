package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.LeaseOutcome;
import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Leases to a machine what the guest that it takes over has already: nothing else will do. */
@ApplicationScoped
class AdoptedLeases {

    private final Leases leases;
    private final MachineLeases others;

    AdoptedLeases(Leases leases, MachineLeases others) {
        this.leases = leases;
        this.others = others;
    }

    /** @throws Obstacle where something of it is somebody else's by the ledger */
    void take(Machine machine, ProxmoxCluster cluster, Vmid vmid, Belongings has) {
        others.restore(cluster);
        var pools = new LeasePools(cluster);
        exactly(machine, "VMID " + vmid, pools.vmids(), LeasePools.VMID, vmid.toString());
        for (var nic : has.interfaces()) {
            var purpose = LeasePools.nic(nic.number());
            exactly(machine, "MAC address " + nic.mac(), pools.macs(), purpose, nic.mac());
            nic.addresses()
                    .forEach(address -> exactly(
                            machine,
                            "address " + address.value(),
                            LeasePools.addresses(address.plan()),
                            purpose + "/" + address.protocol(),
                            address.value()));
        }
    }

    private void exactly(Machine machine, String what, String pool, String purpose, String value) {
        var outcome = leases.take(pool, MachineIdentity.owner(machine), purpose, List.of(value));
        if (!outcome.equals(new LeaseOutcome.Leased(value))) {
            var holder = leases.holder(pool, value)
                    .or(() -> leases.address(value).map(Leases.Lease::owner))
                    .map(owner -> owner.kind() + " " + owner.namespace() + "/" + owner.name())
                    .orElse("somebody else");
            throw new Obstacle(new Verdict.Stalled(
                    MachineReason.AdoptionRefused,
                    what + " of the guest with VMID " + machine.getSpec().adopt() + " is leased to " + holder
                            + ": delete that first, or correct adopt of the machine set"));
        }
    }
}
