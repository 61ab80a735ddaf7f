package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.LedgerUnavailable;
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
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps the guest of each Machine: step by step, each noted in the status before the next. */
@ControllerConfiguration(
        name = "machine",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class MachineReconciler implements Reconciler<Machine>, Cleaner<Machine> {

    private static final Logger LOG = Logger.getLogger(MachineReconciler.class);

    /** Then others come first. */
    private static final int MOST_STEPS = 4;

    private final MachineSignals signals;
    private final MachineCourse course;
    private final MachineDeparture departure;
    private final MachineNames names;
    private final MachineReport report;
    private final StatusWrites statuses;

    MachineReconciler(
            MachineSignals signals,
            MachineCourse course,
            MachineDeparture departure,
            MachineNames names,
            MachineReport report,
            StatusWrites statuses) {
        this.signals = signals;
        this.course = course;
        this.departure = departure;
        this.names = names;
        this.report = report;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, Machine>> prepareEventSources(EventSourceContext<Machine> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<Machine> reconcile(Machine machine, Context<Machine> context) {
        statuses.catchUp(machine);
        var outcome = step(machine, context);
        for (var steps = 1;
                steps < MOST_STEPS && outcome.filter(Outcome::goesOn).isPresent();
                steps++) {
            outcome = step(machine, context);
        }
        var control = UpdateControl.<Machine>noUpdate();
        return outcome.flatMap(Outcome::again).map(control::rescheduleAfter).orElse(control);
    }

    private Optional<Outcome> step(Machine machine, Context<Machine> context) {
        var outcome = course.next(machine, context.getSecondaryResource(ProxmoxCluster.class));
        outcome.ifPresent(reached ->
                statuses.note(machine, report.of(machine, reached, names(machine, reached)), new Machine(), context));
        return outcome;
    }

    @Override
    public DeleteControl cleanup(Machine machine, Context<Machine> context) {
        statuses.catchUp(machine);
        var outcome = departure.next(machine, context.getSecondaryResource(ProxmoxCluster.class));
        if (outcome.isEmpty()) {
            statuses.forget(machine);
            return DeleteControl.defaultDelete();
        }
        statuses.note(machine, report.of(machine, outcome.get(), Optional.empty()), new Machine(), context);
        var control = DeleteControl.noFinalizerRemoval();
        return outcome.get().again().map(control::rescheduleAfter).orElse(control);
    }

    private Optional<MachineNames.Told> names(Machine machine, Outcome outcome) {
        if (!outcome.progress().created()) {
            return Optional.empty();
        }
        try {
            return names.publish(machine, outcome.progress().addresses());
        } catch (LedgerUnavailable e) {
            LOG.warnf("machine=%s names=unknown cause=%s", MachineIdentity.name(machine), e.getMessage());
            return Optional.empty();
        }
    }
}
