package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.ProxmoxCluster;

/** What the pools of a cluster are called in the ledger, and what its machines lease from them. */
record LeasePools(ProxmoxCluster cluster) {

    /** Purpose of the one VMID of a machine. */
    static final String VMID = "vmid";

    /** Purpose of what an interface has. */
    static String nic(int number) {
        return "net" + number;
    }

    String vmids() {
        return "vmid/" + target();
    }

    String macs() {
        return "mac/" + target();
    }

    /** By the subnet alone: whichever network of whichever cluster leases from it, nobody gets what another has. */
    static String addresses(AddressPlan plan) {
        return "address/" + Subnet.of(plan.subnet());
    }

    /** Not scarce: what may have been left on nodes, to be removed there. */
    String seeds() {
        return "seed/" + target();
    }

    String target() {
        return cluster.getMetadata().getName() + "." + cluster.getSpec().domain();
    }
}
