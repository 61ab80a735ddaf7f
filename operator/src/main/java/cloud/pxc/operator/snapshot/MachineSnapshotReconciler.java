package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.status.StatusWrites;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/** Keeps the snapshot of each MachineSnapshot: one step a pass, each noted in the status before the next. */
@ControllerConfiguration(
        name = "machinesnapshot",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class MachineSnapshotReconciler implements Reconciler<MachineSnapshot>, Cleaner<MachineSnapshot> {

    private final SnapshotSignals signals;
    private final SnapshotCourse course;
    private final SnapshotReport report;
    private final StatusWrites statuses;

    MachineSnapshotReconciler(
            SnapshotSignals signals, SnapshotCourse course, SnapshotReport report, StatusWrites statuses) {
        this.signals = signals;
        this.course = course;
        this.report = report;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, MachineSnapshot>> prepareEventSources(EventSourceContext<MachineSnapshot> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<MachineSnapshot> reconcile(MachineSnapshot snapshot, Context<MachineSnapshot> context) {
        statuses.catchUp(snapshot);
        var outcome = course.next(snapshot, context.getSecondaryResource(Machine.class), signals::cluster);
        statuses.note(snapshot, report.of(snapshot, outcome), new MachineSnapshot(), context);
        var control = UpdateControl.<MachineSnapshot>noUpdate();
        return outcome.again().map(control::rescheduleAfter).orElse(control);
    }

    @Override
    public DeleteControl cleanup(MachineSnapshot snapshot, Context<MachineSnapshot> context) {
        statuses.catchUp(snapshot);
        var outcome = course.leave(snapshot, context.getSecondaryResource(Machine.class), signals::cluster);
        if (outcome.isEmpty()) {
            statuses.forget(snapshot);
            return DeleteControl.defaultDelete();
        }
        statuses.note(snapshot, report.of(snapshot, outcome.get()), new MachineSnapshot(), context);
        var control = DeleteControl.noFinalizerRemoval();
        return outcome.get().again().map(control::rescheduleAfter).orElse(control);
    }
}
