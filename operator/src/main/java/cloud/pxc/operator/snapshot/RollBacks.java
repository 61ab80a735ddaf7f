package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.Upid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides how a rollback goes on. Pure.
 *
 * <p>It is noted before it is begun, with the last rollback of the guest before it. Whether it was begun, where a crash or a lost answer
 * came in between, is told by the tasks of the node: one that is newer, and the guest at this snapshot.
 */
final class RollBacks {

    /** Any new value rolls the machine back. */
    static final String ANNOTATION = "pxc.cloud/roll-back";

    private static final Set<String> TASKS = Set.of("qmrollback", "vzrollback");

    private RollBacks() {}

    static Optional<String> asked(MachineSnapshot snapshot) {
        var annotations = snapshot.getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(ANNOTATION));
    }

    /** The value that something is to be done for. */
    static Optional<String> wanted(MachineSnapshot snapshot, SnapshotProgress progress) {
        return asked(snapshot).filter(value -> !progress.rolledBack().equals(Optional.of(value)));
    }

    /** Of a kind that is called otherwise for containers. */
    static boolean isRollBack(Upid task) {
        return TASKS.contains(task.type());
    }

    /** Empty where it is for now as it would be without: the snapshot is looked at first. */
    static SnapshotStep next(
            MachineSnapshot snapshot,
            SnapshotProgress progress,
            SnapshotProgress.RollBack rollBack,
            SnapshotSight.Seen seen) {
        var name = progress.name().orElseThrow();
        if (seen.rollBacks().isEmpty()) {
            return new SnapshotStep.GiveUpRollBack(
                    rollBack.value(),
                    "node " + rollBack.node()
                            + " is not there any more, and only it knows whether the rollback was done");
        }
        if (seen.task() instanceof TaskSight.Over(var upid) && isRollBack(upid)) {
            return new SnapshotStep.RolledBack(seen.guest(), rollBack.value());
        }
        var since = seen.rollBacks().get();
        if (since.stream().anyMatch(task -> task.state().running())) {
            return new SnapshotStep.Wait(
                    SnapshotPhase.RollingBack,
                    new Verdict.Progressing(SnapshotReason.RollingBack, seen.guest() + " is being rolled back"));
        }
        if (isDone(since, name, seen)) {
            return new SnapshotStep.RolledBack(seen.guest(), rollBack.value());
        }
        if (!asked(snapshot).equals(Optional.of(rollBack.value()))) {
            return new SnapshotStep.DropRollBack("withdrawn");
        }
        return rollBack.node().equals(seen.guest().node())
                ? new SnapshotStep.RollBack(seen.guest(), name)
                : new SnapshotStep.DropRollBack("the guest has moved");
    }

    private static boolean isDone(List<SnapshotSight.RollBackTask> since, String name, SnapshotSight.Seen seen) {
        return seen.snapshots().current().equals(Optional.of(name))
                && since.stream().anyMatch(task -> task.state().succeeded());
    }
}
