package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.Retries;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** One pass of a snapshot: looks, decides on one step, does it. */
@ApplicationScoped
class SnapshotCourse {

    private static final Logger LOG = Logger.getLogger(SnapshotCourse.class);

    private final SnapshotObserver observer;
    private final SnapshotExecutor executor;
    private final Retries retries;
    private final Events events;

    SnapshotCourse(SnapshotObserver observer, SnapshotExecutor executor, Retries retries, Events events) {
        this.observer = observer;
        this.executor = executor;
        this.retries = retries;
        this.events = events;
    }

    /** Of one that is to be there. */
    SnapshotOutcome next(
            MachineSnapshot snapshot, Optional<Machine> machine, Function<String, Optional<ProxmoxCluster>> clusters) {
        var before = SnapshotProgress.of(snapshot);
        if (Steering.isPaused(snapshot)) {
            return new SnapshotOutcome(
                    before, SnapshotReport.phase(snapshot), SnapshotReport.paused(), Optional.empty());
        }
        var progress = before;
        try {
            var sight = observer.look(snapshot, before, machine, clusters);
            progress = withoutEnded(before, sight);
            var step = SnapshotPlanner.next(snapshot, before, sight);
            if (step instanceof SnapshotStep.Wait wait) {
                return waiting(snapshot, progress, wait);
            }
            return done(snapshot, executor.execute(snapshot, machine.orElseThrow(), progress, step));
        } catch (ProxmoxException e) {
            return failed(snapshot, progress, e);
        }
    }

    /** Of one that is on its way out; empty once nothing is left of it, or nothing that it should see to. */
    Optional<SnapshotOutcome> leave(
            MachineSnapshot snapshot, Optional<Machine> machine, Function<String, Optional<ProxmoxCluster>> clusters) {
        var before = SnapshotProgress.of(snapshot);
        if (Steering.isPaused(snapshot)) {
            return Optional.of(
                    new SnapshotOutcome(before, SnapshotPhase.Deleting, SnapshotReport.paused(), Optional.empty()));
        }
        var progress = before;
        try {
            var sight = observer.look(snapshot, before, machine, clusters);
            progress = withoutEnded(before, sight);
            return switch (SnapshotPlanner.leave(before, sight)) {
                case SnapshotStep.Gone gone -> {
                    retries.succeeded(snapshot.getMetadata().getUid());
                    yield Optional.empty();
                }
                case SnapshotStep.Wait wait -> blocked(snapshot, waiting(snapshot, progress, wait));
                case SnapshotStep step ->
                    Optional.of(done(snapshot, executor.execute(snapshot, machine.orElseThrow(), progress, step)));
            };
        } catch (ProxmoxException e) {
            return blocked(snapshot, failed(snapshot, progress, e));
        }
    }

    private SnapshotOutcome done(MachineSnapshot snapshot, SnapshotOutcome outcome) {
        if (outcome.verdict() instanceof Verdict.Ready) {
            retries.succeeded(snapshot.getMetadata().getUid());
        }
        return outcome;
    }

    private Optional<SnapshotOutcome> blocked(MachineSnapshot snapshot, SnapshotOutcome outcome) {
        var cause = outcome.verdict().message();
        if (Steering.isForced(snapshot)) {
            LOG.warnf("snapshot=%s forced=true cause=\"%s\"", name(snapshot), cause);
            outcome.progress()
                    .name()
                    .ifPresent(left -> events.warning(
                            snapshot,
                            "LeftBehind",
                            "Let go by force; what may be left on Proxmox: snapshot " + left
                                    + " of the guest with VMID "
                                    + outcome.progress().vmid().orElseThrow() + " (" + cause + ")"));
            return Optional.empty();
        }
        var told = new Verdict.Failing(
                outcome.verdict().reason(),
                cause + "; or set the annotation " + Steering.FORCE_DELETE
                        + "=true to let go of the snapshot as it is");
        return Optional.of(new SnapshotOutcome(outcome.progress(), SnapshotPhase.Deleting, told, outcome.again()));
    }

    private SnapshotOutcome failed(MachineSnapshot snapshot, SnapshotProgress progress, ProxmoxException failure) {
        var verdict = SnapshotTrouble.of(failure);
        LOG.warnf(
                "snapshot=%s ready=false reason=%s cause=%s",
                name(snapshot), verdict.reason().name(), verdict.message());
        var phase = verdict instanceof Verdict.Stalled ? SnapshotPhase.Failed : SnapshotReport.phase(snapshot);
        return waiting(snapshot, progress, new SnapshotStep.Wait(phase, verdict));
    }

    /** Also what a person has to mend is looked at again: on Proxmox nobody tells us that it is mended. */
    private SnapshotOutcome waiting(MachineSnapshot snapshot, SnapshotProgress progress, SnapshotStep.Wait wait) {
        return new SnapshotOutcome(
                progress,
                wait.phase(),
                wait.verdict(),
                Optional.of(retries.failed(snapshot.getMetadata().getUid())));
    }

    private static SnapshotProgress withoutEnded(SnapshotProgress progress, SnapshotSight sight) {
        return sight instanceof SnapshotSight.Seen seen && !(seen.task() instanceof TaskSight.Runs)
                ? progress.withTask(Optional.empty())
                : progress;
    }

    private static String name(MachineSnapshot snapshot) {
        return snapshot.getMetadata().getNamespace() + "/"
                + snapshot.getMetadata().getName();
    }
}
