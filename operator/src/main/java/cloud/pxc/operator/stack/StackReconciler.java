package cloud.pxc.operator.stack;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
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
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Keeps the Machines of each Stack. */
@ControllerConfiguration(
        name = "stack",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class StackReconciler implements Reconciler<Stack>, Cleaner<Stack> {

    private static final Logger LOG = Logger.getLogger(StackReconciler.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final StackSignals signals;
    private final StackName names;
    private final StackMachines machines;
    private final StackReport report;
    private final StatusWrites statuses;
    private final PetNames pets = new PetNames(RandomGenerator.getDefault());

    StackReconciler(
            StackSignals signals, StackName names, StackMachines machines, StackReport report, StatusWrites statuses) {
        this.signals = signals;
        this.names = names;
        this.machines = machines;
        this.report = report;
        this.statuses = statuses;
    }

    @Override
    public List<EventSource<?, Stack>> prepareEventSources(EventSourceContext<Stack> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<Stack> reconcile(Stack stack, Context<Stack> context) {
        statuses.recall(stack);
        var own = context.getSecondaryResources(Machine.class);
        if (Steering.isPaused(stack)) {
            return write(
                    stack,
                    of(
                            stack,
                            own,
                            new Verdict.Stalled(
                                    StackReason.Paused,
                                    "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on")));
        }
        var cluster = context.getSecondaryResource(ProxmoxCluster.class);
        if (cluster.isEmpty()) {
            return write(
                    stack,
                    of(
                            stack,
                            own,
                            new Verdict.Failing(
                                    StackReason.ClusterMissing,
                                    "there is no ProxmoxCluster "
                                            + stack.getSpec().clusterRef().name() + "; create it")));
        }
        try {
            return switch (names.hold(stack, cluster.get())) {
                case StackName.Held.No(var why) ->
                    write(stack, of(stack, own, why)).rescheduleAfter(RETRY);
                case StackName.Held.Yes(var fqdn) -> {
                    machines.carryOut(stack, StackPlan.of(stack, fqdn, own, pets));
                    yield write(stack, report.of(stack, fqdn, own));
                }
            };
        } catch (IllegalArgumentException e) {
            return write(stack, of(stack, own, new Verdict.Stalled(StackReason.InvalidName, e.getMessage())));
        } catch (LedgerUnavailable e) {
            LOG.warnf("stack=%s/%s ready=false cause=%s", namespace(stack), name(stack), e.getMessage());
            return write(stack, of(stack, own, new Verdict.Failing(StackReason.LedgerUnavailable, e.getMessage())))
                    .rescheduleAfter(RETRY);
        }
    }

    @Override
    public DeleteControl cleanup(Stack stack, Context<Stack> context) {
        var watched = stack.getStatus();
        statuses.recall(stack);
        var control = letGo(stack, context.getSecondaryResources(Machine.class));
        if (control.isRemoveFinalizer()) {
            statuses.forget(stack);
            // The finalizer is removed by a patch against what was watched: nothing else may differ.
            stack.setStatus(watched);
        }
        return control;
    }

    private DeleteControl letGo(Stack stack, Set<Machine> own) {
        try {
            if (!own.isEmpty()) {
                machines.removeAll(own);
                tell(stack, own, new Verdict.Progressing(StackReason.Deleting, "removing " + own.size() + " machines"));
                return DeleteControl.noFinalizerRemoval();
            }
            names.letGo(stack);
            return DeleteControl.defaultDelete();
        } catch (LedgerUnavailable e) {
            if (Steering.isForced(stack)) {
                LOG.warnf("stack=%s/%s forced=true left=name", namespace(stack), name(stack));
                return DeleteControl.defaultDelete();
            }
            tell(stack, own, new Verdict.Failing(StackReason.LedgerUnavailable, e.getMessage()));
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(RETRY.toMillis());
        }
    }

    private void tell(Stack stack, Collection<Machine> own, Verdict verdict) {
        statuses.write(stack, of(stack, own, verdict), new Stack());
    }

    private StackStatus of(Stack stack, Collection<Machine> own, Verdict verdict) {
        var fqdn = stack.getStatus() == null ? null : stack.getStatus().fqdn();
        return report.of(stack, fqdn, own, verdict);
    }

    private UpdateControl<Stack> write(Stack stack, StackStatus after) {
        statuses.write(stack, after, new Stack());
        return UpdateControl.noUpdate();
    }

    private static String namespace(Stack stack) {
        return stack.getMetadata().getNamespace();
    }

    private static String name(Stack stack) {
        return stack.getMetadata().getName();
    }
}
