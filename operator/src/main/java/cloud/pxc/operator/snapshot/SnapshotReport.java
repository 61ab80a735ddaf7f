package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.MachineSnapshotStatus;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;

/** What is told of a snapshot. */
@ApplicationScoped
class SnapshotReport {

    private final Conditions conditions;

    SnapshotReport(Conditions conditions) {
        this.conditions = conditions;
    }

    MachineSnapshotStatus of(MachineSnapshot snapshot, SnapshotOutcome outcome) {
        var generation = snapshot.getMetadata().getGeneration();
        var before = snapshot.getStatus() == null ? null : snapshot.getStatus().conditions();
        return outcome.progress()
                .status(generation, conditions.after(before, generation, outcome.verdict()), outcome.phase());
    }

    static String ready(MachineSnapshot snapshot, SnapshotProgress progress, GuestId guest) {
        var without = Boolean.TRUE.equals(snapshot.getSpec().memory()) && !progress.memory()
                ? ", without memory, for it did not run"
                : "";
        return guest + " is kept as " + progress.name().orElseThrow() + without;
    }

    /** The one it is in. */
    static SnapshotPhase phase(MachineSnapshot snapshot) {
        var status = snapshot.getStatus();
        return status == null || status.phase() == null ? SnapshotPhase.Pending : status.phase();
    }

    static SnapshotPhase phase(SnapshotReason reason) {
        return switch (reason) {
            case RollingBack -> SnapshotPhase.RollingBack;
            case Deleting -> SnapshotPhase.Deleting;
            default -> SnapshotPhase.Taking;
        };
    }

    static SnapshotReason reason(Upid task) {
        if (RollBacks.isRollBack(task)) {
            return SnapshotReason.RollingBack;
        }
        return task.type().endsWith("delsnapshot") ? SnapshotReason.Deleting : SnapshotReason.Taking;
    }

    static Verdict paused() {
        return new Verdict.Stalled(
                SnapshotReason.Paused,
                "left alone while the annotation " + Steering.PAUSED + " is \"true\"; remove it to go on");
    }
}
