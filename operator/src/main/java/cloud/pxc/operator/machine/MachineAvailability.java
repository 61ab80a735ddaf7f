package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Tells Proxmox' high availability of guests. */
@ApplicationScoped
class MachineAvailability {

    private final Transitions transitions;
    private final ClusterSettings settings;

    MachineAvailability(Transitions transitions, ClusterSettings settings) {
        this.transitions = transitions;
        this.settings = settings;
    }

    Outcome tell(Machine machine, Situation.Usable usable, Progress progress, Step.TellHa step) {
        var guest = step.guest();
        mustHaveNoGroup(machine, usable, guest);
        var availability = usable.client().highAvailability();
        if (step.isNew()) {
            try {
                availability.add(guest, step.settings());
                transitions.tell(machine, "HighlyAvailable", "is under high availability", guest);
            } catch (ProxmoxException.AlreadyExists e) {
                return configuring(progress, guest + " is under high availability already; looking how");
            }
        } else {
            availability.change(guest, step.settings(), Set.of());
        }
        return configuring(progress, "telling high availability of " + guest);
    }

    /** Groups became rules, which name guests and not the other way round. */
    private static void mustHaveNoGroup(Machine machine, Situation.Usable usable, GuestId guest) {
        var wanted = machine.getSpec().highAvailability();
        if (wanted != null && wanted.group() != null && !hasGroups(usable)) {
            throw new Obstacle(new Verdict.Stalled(
                    MachineReason.InvalidSpec,
                    "Proxmox VE has rules instead of HA groups since version 9: leave highAvailability.group out, and name"
                            + " the guest in a rule: ha-manager rules add node-affinity " + wanted.group()
                            + " --resources " + sid(guest) + " --nodes NODE,…"));
        }
    }

    private static boolean hasGroups(Situation.Usable usable) {
        var status = usable.cluster().getStatus();
        return status != null && status.version() != null && status.version().matches("[1-8]\\..*");
    }

    private static String sid(GuestId guest) {
        return (guest.type() == GuestType.QEMU ? "vm:" : "ct:") + guest.vmid();
    }

    static Outcome leave(Situation.Usable usable, Progress progress, GuestId guest) {
        remove(usable, guest);
        return configuring(progress, guest + " leaves high availability");
    }

    static void remove(Situation.Usable usable, GuestId guest) {
        try {
            usable.client().highAvailability().remove(guest);
        } catch (ProxmoxException.NotFound e) {
            if (e.thing() != Thing.HA_RESOURCE) {
                throw e;
            }
        }
    }

    Outcome await(Progress progress, GuestId guest, boolean starts) {
        return new Outcome(
                progress,
                starts ? Phase.Starting : Phase.Stopping,
                new Verdict.Progressing(
                        starts ? MachineReason.Starting : MachineReason.Stopping,
                        "high availability " + (starts ? "starts " : "shuts down ") + guest),
                Optional.of(settings.poll()));
    }

    private static Outcome configuring(Progress progress, String message) {
        return Outcome.further(progress, Phase.Configuring, MachineReason.Configuring, message);
    }
}
