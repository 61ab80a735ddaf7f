package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Snapshot;
import java.util.Optional;

/** Decides on the next step for a snapshot. Pure: no clock, no I/O. */
final class SnapshotPlanner {

    private SnapshotPlanner() {}

    static SnapshotStep next(MachineSnapshot snapshot, SnapshotProgress progress, SnapshotSight sight) {
        var machine = snapshot.getSpec().machineRef().name();
        return switch (sight) {
            case SnapshotSight.NoMachine none ->
                waits(new Verdict.Progressing(
                        SnapshotReason.MachineMissing,
                        "there is no Machine " + machine + " in namespace "
                                + snapshot.getMetadata().getNamespace()
                                + "; it is taken once that is there (kubectl get machines shows their names)"));
            case SnapshotSight.MachineGone(var why) -> stalled(SnapshotReason.MachineGone, why);
            case SnapshotSight.MachineLeaving(var why) ->
                new SnapshotStep.Wait(
                        SnapshotPhase.Deleting, new Verdict.Progressing(SnapshotReason.MachineLeaving, why));
            case SnapshotSight.Waits(var reason, var why) -> waits(new Verdict.Progressing(reason, why));
            case SnapshotSight.GuestGone(var why) ->
                progress.takenAt().isPresent()
                        ? missing(progress)
                        : waits(new Verdict.Progressing(SnapshotReason.MachineNotReady, why));
            case SnapshotSight.Foreign(var why) ->
                stalled(
                        SnapshotReason.NotOurs,
                        why + ", so it is left alone; give the tag back, or delete this object");
            case SnapshotSight.Seen seen -> next(snapshot, progress, seen);
        };
    }

    /** On its way out. */
    static SnapshotStep leave(SnapshotProgress progress, SnapshotSight sight) {
        if (progress.name().isEmpty()) {
            return new SnapshotStep.Gone();
        }
        return switch (sight) {
            case SnapshotSight.NoMachine none -> new SnapshotStep.Gone();
            case SnapshotSight.MachineGone gone -> new SnapshotStep.Gone();
            case SnapshotSight.MachineLeaving leaving -> new SnapshotStep.Gone();
            case SnapshotSight.GuestGone gone -> new SnapshotStep.Gone();
            case SnapshotSight.Foreign foreign -> new SnapshotStep.Gone();
            case SnapshotSight.Waits(var reason, var why) ->
                new SnapshotStep.Wait(SnapshotPhase.Deleting, new Verdict.Failing(reason, why));
            case SnapshotSight.Seen seen -> leave(progress.name().get(), seen);
        };
    }

    private static SnapshotStep leave(String name, SnapshotSight.Seen seen) {
        if (seen.task() instanceof TaskSight.Runs(var upid)) {
            return new SnapshotStep.Follow(upid);
        }
        if (seen.task() instanceof TaskSight.Failed(var upid, var why) && !isMissing(why)) {
            return new SnapshotStep.Fail(upid, why);
        }
        return seen.snapshot(name).isEmpty()
                ? new SnapshotStep.Gone()
                : held(seen, SnapshotPhase.Deleting).orElseGet(() -> new SnapshotStep.Delete(seen.guest(), name));
    }

    private static SnapshotStep next(MachineSnapshot snapshot, SnapshotProgress progress, SnapshotSight.Seen seen) {
        if (progress.name().isEmpty()) {
            return note(snapshot, seen);
        }
        if (seen.task() instanceof TaskSight.Runs(var upid)) {
            return new SnapshotStep.Follow(upid);
        }
        if (seen.task() instanceof TaskSight.Failed(var upid, var why)
                && !(why instanceof ProxmoxException.AlreadyExists)) {
            return new SnapshotStep.Fail(upid, why);
        }
        var there = seen.snapshot(progress.name().get());
        return there.isPresent() ? next(snapshot, progress, seen, there.get()) : take(progress, seen);
    }

    private static SnapshotStep next(
            MachineSnapshot snapshot, SnapshotProgress progress, SnapshotSight.Seen seen, Snapshot there) {
        if (there.unfinished().isPresent()) {
            var phase = progress.takenAt().isPresent() ? SnapshotPhase.Ready : SnapshotPhase.Taking;
            return held(seen, phase).orElseGet(() -> new SnapshotStep.Delete(seen.guest(), there.name()));
        }
        if (progress.takenAt().isEmpty()) {
            return new SnapshotStep.Settle(seen.guest(), there);
        }
        var rollBack = progress.rollBack();
        if (rollBack.isPresent()) {
            var step = RollBacks.next(snapshot, progress, rollBack.get(), seen);
            return step instanceof SnapshotStep.RollBack
                    ? held(seen, SnapshotPhase.RollingBack).orElse(step)
                    : step;
        }
        return RollBacks.wanted(snapshot, progress)
                .<SnapshotStep>map(value -> new SnapshotStep.NoteRollBack(
                        seen.guest(),
                        value,
                        seen.rollBacks().orElseThrow().stream()
                                .map(SnapshotSight.RollBackTask::upid)
                                .findFirst()))
                .orElseGet(() -> new SnapshotStep.Settle(seen.guest(), there));
    }

    private static SnapshotStep note(MachineSnapshot snapshot, SnapshotSight.Seen seen) {
        return seen.guest().type() == GuestType.LXC
                        && Boolean.TRUE.equals(snapshot.getSpec().memory())
                ? stalled(
                        SnapshotReason.InvalidSpec,
                        "Machine " + snapshot.getSpec().machineRef().name()
                                + " is a container, whose memory can't be kept; make another MachineSnapshot without memory")
                : new SnapshotStep.Note(seen.guest());
    }

    private static SnapshotStep take(SnapshotProgress progress, SnapshotSight.Seen seen) {
        return progress.takenAt().isPresent()
                ? missing(progress)
                : held(seen, SnapshotPhase.Pending)
                        .orElseGet(() -> new SnapshotStep.Take(
                                seen.guest(), progress.name().orElseThrow()));
    }

    /** While the guest is locked. A lock for a snapshot that nothing works on any more is not let go of by itself. */
    private static Optional<SnapshotStep> held(SnapshotSight.Seen seen, SnapshotPhase phase) {
        if (seen.lock().isEmpty()) {
            return Optional.empty();
        }
        var lock = seen.lock().get();
        var guest = seen.guest();
        if (SnapshotObserver.OF_SNAPSHOTS.contains(lock) && seen.working().isEmpty()) {
            var tool = guest.type() == GuestType.LXC ? "pct" : "qm";
            return Optional.of(stalled(
                    SnapshotReason.CutOff,
                    guest + " is locked (" + lock
                            + ") and nothing works on it: that was cut off half-way; unlock it on "
                            + guest.node() + " with: " + tool + " unlock " + guest.vmid()
                            + "; then it goes on by itself"));
        }
        return Optional.of(new SnapshotStep.Wait(
                phase,
                new Verdict.Progressing(
                        SnapshotReason.Locked, guest + " is locked (" + lock + "); it goes on once that is over")));
    }

    private static SnapshotStep missing(SnapshotProgress progress) {
        return stalled(
                SnapshotReason.SnapshotMissing,
                "snapshot " + progress.name().orElseThrow() + " of the guest with VMID "
                        + progress.vmid().orElseThrow()
                        + " is not on Proxmox any more: it was removed past the operator; delete this object, and make another for a new one");
    }

    private static boolean isMissing(ProxmoxException why) {
        return why instanceof ProxmoxException.NotFound missing
                && (missing.isGuest() || missing.thing() == ProxmoxException.NotFound.Thing.SNAPSHOT);
    }

    private static SnapshotStep waits(Verdict verdict) {
        return new SnapshotStep.Wait(SnapshotPhase.Pending, verdict);
    }

    private static SnapshotStep stalled(SnapshotReason reason, String why) {
        return new SnapshotStep.Wait(SnapshotPhase.Failed, new Verdict.Stalled(reason, why));
    }
}
