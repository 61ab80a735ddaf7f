package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps the guest of each Machine: one step a pass, each noted in the status before the next. */
@ControllerConfiguration(
        name = "machine",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class MachineReconciler implements Reconciler<Machine>, Cleaner<Machine> {

    private static final Logger LOG = Logger.getLogger(MachineReconciler.class);
    private static final Duration SOON = Duration.ofMillis(200);

    private final MachineSignals signals;
    private final MachineObserver observer;
    private final MachineExecutor executor;
    private final MachineDeparture departure;
    private final MachineNames names;
    private final MachineReport report;
    private final StatusWrites statuses;
    private final Retries retries;

    MachineReconciler(
            MachineSignals signals,
            MachineObserver observer,
            MachineExecutor executor,
            MachineDeparture departure,
            MachineNames names,
            MachineReport report,
            StatusWrites statuses,
            Retries retries) {
        this.signals = signals;
        this.observer = observer;
        this.executor = executor;
        this.departure = departure;
        this.names = names;
        this.report = report;
        this.statuses = statuses;
        this.retries = retries;
    }

    @Override
    public List<EventSource<?, Machine>> prepareEventSources(EventSourceContext<Machine> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<Machine> reconcile(Machine machine, Context<Machine> context) {
        statuses.recall(machine);
        var progress = Progress.of(machine);
        if (Steering.isPaused(machine)) {
            return told(
                    machine,
                    waiting(
                            machine,
                            progress,
                            new Verdict.Stalled(
                                    MachineReason.Paused,
                                    "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on")));
        }
        try {
            var situation = observer.situation(machine, context.getSecondaryResource(ProxmoxCluster.class));
            var step = step(machine, progress, situation);
            if (step instanceof Step.Hold) {
                return UpdateControl.noUpdate();
            }
            if (step instanceof Step.Wait(var verdict)) {
                return told(machine, waiting(machine, progress, verdict));
            }
            var outcome = executor.execute(machine, (Situation.Usable) situation, step);
            retries.succeeded(machine.getMetadata().getUid());
            return told(machine, outcome);
        } catch (ProxmoxException e) {
            return told(machine, failed(machine, MachineTrouble.of(e)));
        } catch (MachineLeases.Exhausted e) {
            return told(machine, failed(machine, new Verdict.Failing(MachineReason.PoolExhausted, e.getMessage())));
        } catch (IllegalArgumentException e) {
            return told(machine, failed(machine, new Verdict.Stalled(MachineReason.InvalidSpec, e.getMessage())));
        } catch (LedgerUnavailable e) {
            return told(machine, failed(machine, new Verdict.Failing(MachineReason.LedgerUnavailable, e.getMessage())));
        }
    }

    @Override
    public DeleteControl cleanup(Machine machine, Context<Machine> context) {
        var watched = machine.getStatus();
        statuses.recall(machine);
        var control = departure.next(machine, context.getSecondaryResource(ProxmoxCluster.class));
        if (control.isRemoveFinalizer()) {
            statuses.forget(machine);
            // The finalizer is removed by a patch against what was watched: nothing else may differ.
            machine.setStatus(watched);
        }
        return control;
    }

    private Step step(Machine machine, Progress progress, Situation situation) {
        if (!(situation instanceof Situation.Usable usable)) {
            return MachinePlanner.next(machine, situation, new TaskSight.None(), new GuestSight.Unleased());
        }
        var task = observer.task(progress, usable);
        var guest =
                task instanceof TaskSight.None ? observer.guest(machine, progress, usable) : new GuestSight.Unleased();
        return MachinePlanner.next(machine, usable, task, guest);
    }

    private Outcome waiting(Machine machine, Progress progress, Verdict verdict) {
        var uid = machine.getMetadata().getUid();
        return new Outcome(
                progress,
                MachineReport.phase(machine, verdict),
                verdict,
                verdict.reason() == MachineReason.Paused ? Optional.empty() : Optional.of(retries.failed(uid)));
    }

    /** A failed task is over: what is there is looked at afresh. An ISO that was on its way is uploaded again. */
    private Outcome failed(Machine machine, Verdict verdict) {
        LOG.warnf(
                "machine=%s/%s ready=false reason=%s cause=%s",
                machine.getMetadata().getNamespace(),
                machine.getMetadata().getName(),
                verdict.reason().name(),
                verdict.message());
        var before = Progress.of(machine);
        var after = before.withTask(Optional.empty());
        return waiting(machine, before.created() ? after : after.withSeed(Optional.empty()), verdict);
    }

    private UpdateControl<Machine> told(Machine machine, Outcome outcome) {
        statuses.write(machine, status(machine, outcome), new Machine());
        UpdateControl<Machine> control = UpdateControl.noUpdate();
        return outcome.again().map(control::rescheduleAfter).orElse(control);
    }

    /** Names need the addresses that are being told now. */
    private MachineStatus status(Machine machine, Outcome outcome) {
        var before = machine.getStatus();
        var after = report.of(machine, outcome.progress(), outcome.phase(), outcome.verdict(), Optional.empty());
        if (!outcome.progress().created()) {
            return after;
        }
        machine.setStatus(after);
        try {
            var published = names.publish(machine);
            machine.setStatus(before);
            return report.of(machine, outcome.progress(), outcome.phase(), outcome.verdict(), published);
        } catch (LedgerUnavailable e) {
            machine.setStatus(before);
            LOG.warnf("machine=%s names=unknown cause=%s", machine.getMetadata().getName(), e.getMessage());
            return after;
        }
    }
}
