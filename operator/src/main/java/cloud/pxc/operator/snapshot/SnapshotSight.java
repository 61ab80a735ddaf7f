package cloud.pxc.operator.snapshot;

import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.Snapshot;
import cloud.pxc.proxmox.Snapshots.GuestSnapshots;
import cloud.pxc.proxmox.TaskState;
import cloud.pxc.proxmox.Upid;
import java.util.List;
import java.util.Optional;

/** What is found of a snapshot and of what it is of. */
sealed interface SnapshotSight {

    /** No Machine of that name has been seen yet. */
    record NoMachine() implements SnapshotSight {}

    /** The Machine that it is of was deleted, and the snapshot with its guest. */
    record MachineGone(String why) implements SnapshotSight {}

    /** That Machine is being deleted. */
    record MachineLeaving(String why) implements SnapshotSight {}

    /** @param reason why the guest can't be looked at now */
    record Waits(SnapshotReason reason, String why) implements SnapshotSight {}

    /** The guest of the Machine is not there. */
    record GuestGone(String why) implements SnapshotSight {}

    record Foreign(String why) implements SnapshotSight {}

    /**
     * @param task what became of the one that the status speaks of
     * @param lock what the guest is locked for
     * @param working what works on the guest now; asked for only while it is locked for a snapshot
     * @param rollBacks those of the guest since the one that the status notes, newest first; asked for only where one is wanted
     *     or under way; empty where the node that would know is not there any more
     */
    record Seen(
            GuestId guest,
            TaskSight task,
            Optional<String> lock,
            GuestSnapshots snapshots,
            List<Upid> working,
            Optional<List<RollBackTask>> rollBacks)
            implements SnapshotSight {

        Optional<Snapshot> snapshot(String name) {
            return snapshots.all().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
        }
    }

    /** A rollback of the guest, to whichever snapshot. */
    record RollBackTask(Upid upid, TaskState state) {}
}
