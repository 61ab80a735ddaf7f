package cloud.pxc.operator.stack;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.cluster.ImageVersions;
import cloud.pxc.operator.cluster.Retries;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps the Machines of each Stack. What many machines tell in a short time is told of their stack together. */
@ControllerConfiguration(
        name = "stack",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
@RateLimited(maxReconciliations = 2, within = 250, unit = TimeUnit.MILLISECONDS)
public class StackReconciler implements Reconciler<Stack>, Cleaner<Stack> {

    private static final Logger LOG = Logger.getLogger(StackReconciler.class);

    private final StackSignals signals;
    private final StackName names;
    private final StackMachines machines;
    private final StackReport report;
    private final StatusWrites statuses;
    private final Retries retries;

    StackReconciler(
            StackSignals signals,
            StackName names,
            StackMachines machines,
            StackReport report,
            StatusWrites statuses,
            Retries retries) {
        this.signals = signals;
        this.names = names;
        this.machines = machines;
        this.report = report;
        this.statuses = statuses;
        this.retries = retries;
    }

    @Override
    public List<EventSource<?, Stack>> prepareEventSources(EventSourceContext<Stack> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<Stack> reconcile(Stack stack, Context<Stack> context) {
        var own = context.getSecondaryResources(Machine.class);
        var cluster = context.getSecondaryResource(ProxmoxCluster.class);
        var status = Steering.isPaused(stack)
                ? Optional.of(report.of(stack, own, StackReport.paused()))
                : cluster.map(there -> status(stack, there, own))
                        .orElseGet(() -> Optional.of(report.of(stack, own, StackReport.clusterMissing(stack))));
        if (status.isEmpty()) {
            retries.succeeded(uid(stack));
            return UpdateControl.noUpdate();
        }
        statuses.write(stack, status.get(), new Stack(), context);
        return again(stack, status.get());
    }

    @Override
    public DeleteControl cleanup(Stack stack, Context<Stack> context) {
        var own = context.getSecondaryResources(Machine.class);
        if (Steering.isPaused(stack)) {
            statuses.write(stack, report.of(stack, own, StackReport.paused()), new Stack(), context);
            return DeleteControl.noFinalizerRemoval();
        }
        if (Marks.isProtected(stack) && !own.isEmpty()) {
            statuses.write(stack, report.of(stack, own, StackReport.protectedFromDeletion()), new Stack(), context);
            return DeleteControl.noFinalizerRemoval();
        }
        if (!own.isEmpty()) {
            machines.removeAll(own);
            statuses.write(stack, report.of(stack, own, StackReport.removing(own)), new Stack(), context);
            return DeleteControl.noFinalizerRemoval();
        }
        try {
            names.letGo(stack);
            return gone(stack);
        } catch (LedgerUnavailable e) {
            if (Steering.isForced(stack)) {
                LOG.warnf("stack=%s/%s forced=true left=name", namespace(stack), name(stack));
                return gone(stack);
            }
            var failing = new Verdict.Failing(StackReason.LedgerUnavailable, e.getMessage());
            statuses.write(stack, report.of(stack, own, failing), new Stack(), context);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(retries.failed(uid(stack)));
        }
    }

    /** Empty where machines have just been made: the pass that they start tells of them. */
    private Optional<StackStatus> status(Stack stack, ProxmoxCluster cluster, Set<Machine> own) {
        try {
            return switch (names.hold(stack, cluster)) {
                case StackName.Held.No(var why) -> Optional.of(report.of(stack, own, why));
                case StackName.Held.Yes(var fqdn) -> {
                    var plan = StackPlan.of(stack, fqdn, own, ImageVersions.of(cluster));
                    var done = plan.with(machines.carryOut(stack, plan));
                    yield plan.create().isEmpty() || !done.conflicts().isEmpty()
                            ? Optional.of(report.of(stack, fqdn, own, done))
                            : Optional.empty();
                }
            };
        } catch (IllegalArgumentException e) {
            return Optional.of(report.of(stack, own, new Verdict.Stalled(StackReason.InvalidName, e.getMessage())));
        } catch (LedgerUnavailable e) {
            LOG.warnf("stack=%s/%s ready=false cause=%s", namespace(stack), name(stack), e.getMessage());
            return Optional.of(
                    report.of(stack, own, new Verdict.Failing(StackReason.LedgerUnavailable, e.getMessage())));
        }
    }

    /** Nobody tells of a name that is let go, or of a ledger that answers again. */
    private UpdateControl<Stack> again(Stack stack, StackStatus status) {
        var control = UpdateControl.<Stack>noUpdate();
        if (StackReport.comesByItself(status)) {
            retries.succeeded(uid(stack));
            return control;
        }
        return control.rescheduleAfter(retries.failed(uid(stack)));
    }

    private DeleteControl gone(Stack stack) {
        retries.succeeded(uid(stack));
        return DeleteControl.defaultDelete();
    }

    private static String uid(Stack stack) {
        return stack.getMetadata().getUid();
    }

    private static String namespace(Stack stack) {
        return stack.getMetadata().getNamespace();
    }

    private static String name(Stack stack) {
        return stack.getMetadata().getName();
    }
}
