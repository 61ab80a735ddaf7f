package cloud.pxc.operator.snapshot;

import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.Refused;

/** What a failure means for a snapshot, as a person should read it. */
final class SnapshotTrouble {

    private SnapshotTrouble() {}

    static Verdict of(ProxmoxException failure) {
        var message = failure.getMessage();
        return switch (failure) {
            case ProxmoxException.Locked locked -> failing(SnapshotReason.Locked, message);
            case ProxmoxException.Unavailable down -> failing(SnapshotReason.Unreachable, message);
            case ProxmoxException.Untrusted untrusted -> failing(SnapshotReason.Unreachable, message);
            case ProxmoxException.Unauthenticated refused -> failing(SnapshotReason.PrivilegesMissing, message);
            case ProxmoxException.Forbidden forbidden -> failing(SnapshotReason.PrivilegesMissing, message);
            case ProxmoxException.InvalidRequest invalid -> failing(SnapshotReason.TaskFailed, message);
            case ProxmoxException.NotImplemented missing -> failing(SnapshotReason.TaskFailed, message);
            case ProxmoxException.NotFound gone -> failing(SnapshotReason.TaskFailed, message);
            case ProxmoxException.AlreadyExists there -> failing(SnapshotReason.TaskFailed, message);
            case ProxmoxException.Changed changed -> failing(SnapshotReason.TaskFailed, message);
            case ProxmoxException.Refused refused -> refused(refused.reason(), message);
        };
    }

    private static Verdict refused(Refused.Reason reason, String message) {
        return switch (reason) {
            case NO_SNAPSHOTS ->
                new Verdict.Stalled(
                        SnapshotReason.NotSupported,
                        message
                                + "; a disk of the machine lies where nothing can be snapshot: move it to a storage that can (LVM-thin, ZFS, Ceph, or qcow2 files), and it is taken by itself");
            case NOT_LATEST_SNAPSHOT ->
                new Verdict.Stalled(
                        SnapshotReason.LaterSnapshots,
                        message
                                + "; this storage rolls back to the latest snapshot only: delete the MachineSnapshots that are later and it is done by itself, or remove the annotation "
                                + RollBacks.ANNOTATION);
            default -> failing(SnapshotReason.TaskFailed, message);
        };
    }

    private static Verdict failing(SnapshotReason reason, String message) {
        return new Verdict.Failing(reason, message + "; it is tried again by itself");
    }
}
