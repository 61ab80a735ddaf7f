package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Has a machine whose guest was removed past the operator begin anew, with the name and addresses it had. */
@ApplicationScoped
class GuestRenewal {

    private static final Logger LOG = Logger.getLogger(GuestRenewal.class);

    private final MachineLeases leases;
    private final NodeChoice nodes;
    private final ClusterWatch watch;
    private final Transitions transitions;

    GuestRenewal(MachineLeases leases, NodeChoice nodes, ClusterWatch watch, Transitions transitions) {
        this.leases = leases;
        this.nodes = nodes;
        this.watch = watch;
        this.transitions = transitions;
    }

    /** Only when nobody could have hidden it: two guests of one name and address would be worse than none. */
    Outcome anew(Machine machine, Situation.Usable usable, Progress progress, Vmid gone) {
        if (watch.refresh(usable.cluster().getMetadata().getName()).guest(gone).isPresent()) {
            return Outcome.further(
                    progress,
                    Phase.Configuring,
                    MachineReason.Configuring,
                    "VMID " + gone + " is there again; looking whose it is");
        }
        MachineCreation.mustSeeEverything(usable);
        LOG.warnf("machine=%s vmid=%s missing=true recreating=true", MachineIdentity.name(machine), gone);
        transitions.tellLost(machine, gone);
        leases.giveUpVmid(machine, usable.cluster(), gone);
        nodes.forget(machine);
        return Outcome.further(
                progress.withoutVmid(),
                Phase.Pending,
                MachineReason.Reserving,
                "the guest with VMID " + gone
                        + " was removed past the operator; another is made, as guestMissingPolicy says");
    }
}
