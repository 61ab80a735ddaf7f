package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.Audit;
import cloud.pxc.operator.status.Events;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells what was done to guests, beside the status: in the audit, as events, in the log. */
@ApplicationScoped
class Transitions {

    private static final Logger LOG = Logger.getLogger(Transitions.class);

    private final Events events;
    private final Audit audit;

    Transitions(Events events, Audit audit) {
        this.events = events;
        this.audit = audit;
    }

    /** @param action what happened to the guest, as the end of a sentence that begins with it */
    void tell(Machine machine, String reason, String action, GuestId guest) {
        LOG.infof("machine=%s guest=\"%s\" event=%s", MachineIdentity.name(machine), guest, reason);
        audit.append(MachineIdentity.owner(machine), machine.getMetadata().getGeneration(), action, guest.toString());
        events.normal(machine, reason, guest + " " + action);
    }

    /** Its guest was removed past the operator, and its data with it. */
    void tellLost(Machine machine, Vmid vmid) {
        audit.append(MachineIdentity.owner(machine), machine.getMetadata().getGeneration(), "missed", vmid.toString());
        events.warning(
                machine,
                "GuestLost",
                "The guest with VMID " + vmid
                        + " was removed past the operator, and its data with it; another is made, as guestMissingPolicy says");
    }

    /** What could not be undone and is left on Proxmox. */
    void leftBehind(Machine machine, String what) {
        LOG.warnf("machine=%s left-behind=\"%s\"", MachineIdentity.name(machine), what);
        events.warning(machine, "LeftBehind", "Let go by force; what may be left on Proxmox: " + what);
    }
}
