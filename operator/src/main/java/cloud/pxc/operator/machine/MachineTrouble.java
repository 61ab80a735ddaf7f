package cloud.pxc.operator.machine;

import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;

/** What a failure means for a machine, as a person should read it. */
final class MachineTrouble {

    private MachineTrouble() {}

    /** What is said of it, whatever follows from it: of a node without power rather that than what others say of it. */
    static String words(ProxmoxException failure, Progress progress, Situation.Usable usable) {
        var offline = progress.node().filter(usable.view()::isOffline);
        return failure instanceof ProxmoxException.Unavailable && offline.isPresent()
                ? "node " + offline.get() + " is offline: bring it back (" + failure.getMessage() + ")"
                : failure.getMessage();
    }

    static Verdict of(ProxmoxException failure, Progress progress, Situation.Usable usable) {
        var message = words(failure, progress, usable);
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
