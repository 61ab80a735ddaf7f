package cloud.pxc.operator.machine;

import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;
import java.util.Optional;

/** What a failure means for a machine, as a person should read it. */
final class MachineTrouble {

    private MachineTrouble() {}

    /** @param offline the node that its guest is on, or is to be made on, if that is without power by the last poll */
    static Verdict of(ProxmoxException failure, Optional<String> offline) {
        return failure instanceof ProxmoxException.Unavailable && offline.isPresent()
                ? new Verdict.Failing(
                        MachineReason.Unreachable,
                        "node " + offline.get() + " is offline: bring it back, and it goes on by itself ("
                                + failure.getMessage() + ")")
                : of(failure);
    }

    static Verdict of(ProxmoxException failure) {
        var message = failure.getMessage();
        return switch (failure) {
            case ProxmoxException.Locked locked -> failing(MachineReason.Locked, message);
            case ProxmoxException.Unavailable down -> failing(MachineReason.Unreachable, message);
            case ProxmoxException.Untrusted untrusted -> failing(MachineReason.Unreachable, message);
            case ProxmoxException.Unauthenticated refused -> failing(MachineReason.PrivilegesMissing, message);
            case ProxmoxException.Forbidden forbidden -> failing(MachineReason.PrivilegesMissing, message);
            case ProxmoxException.InvalidRequest invalid ->
                new Verdict.Stalled(MachineReason.Refused, message + "; correct the machine set in its Stack");
            case ProxmoxException.NotImplemented missing ->
                new Verdict.Stalled(MachineReason.Refused, message + "; this Proxmox VE is too old");
            case ProxmoxException.NotFound gone
            when gone.thing() == Thing.POOL ->
                failing(
                        MachineReason.Refused,
                        message + "; add it (pvesh create /pools --poolid NAME), or name another in its Stack");
            case ProxmoxException.NotFound gone -> failing(MachineReason.TaskFailed, message);
            case ProxmoxException.AlreadyExists there -> failing(MachineReason.TaskFailed, message);
            case ProxmoxException.Changed changed -> failing(MachineReason.TaskFailed, message);
            case ProxmoxException.Refused refused -> failing(MachineReason.TaskFailed, message);
        };
    }

    private static Verdict failing(MachineReason reason, String message) {
        return new Verdict.Failing(reason, message + "; it is tried again by itself");
    }
}
