package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Snapshot;
import cloud.pxc.proxmox.Upid;
import java.util.Optional;

/** The one next thing to do for a snapshot. */
sealed interface SnapshotStep {

    /** Nothing can be done now. */
    record Wait(SnapshotPhase phase, Verdict verdict) implements SnapshotStep {}

    /** Note what it is of and what it is to be called. */
    record Note(GuestId guest) implements SnapshotStep {}

    record Take(GuestId guest, String name) implements SnapshotStep {}

    /** Whatever the status speaks of, this works on it now. */
    record Follow(Upid task) implements SnapshotStep {}

    record Fail(Upid task, ProxmoxException why) implements SnapshotStep {}

    /** It is there. */
    record Settle(GuestId guest, Snapshot snapshot) implements SnapshotStep {}

    /** Note that a rollback is wanted. */
    record NoteRollBack(GuestId guest, String value, Optional<Upid> after) implements SnapshotStep {}

    record RollBack(GuestId guest, String name) implements SnapshotStep {}

    record RolledBack(GuestId guest, String value) implements SnapshotStep {}

    /** It was withdrawn, or has to be noted anew: it has not been begun. */
    record DropRollBack(String why) implements SnapshotStep {}

    /** What became of it can't be known: rather than that data are lost twice, nothing more is done for it. */
    record GiveUpRollBack(String value, String why) implements SnapshotStep {}

    record Delete(GuestId guest, String name) implements SnapshotStep {}

    /** Nothing of it is left, or what is left is not its to remove. */
    record Gone() implements SnapshotStep {}
}
