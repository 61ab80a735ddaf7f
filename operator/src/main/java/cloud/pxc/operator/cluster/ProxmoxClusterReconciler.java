package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterStatus;
import cloud.pxc.crds.stack.Stack;
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
import java.util.Objects;
import org.jboss.logging.Logger;

/** Keeps each ProxmoxCluster connected, checked, watched and supplied with its images. */
@ControllerConfiguration(
        name = "proxmoxcluster",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class ProxmoxClusterReconciler implements Reconciler<ProxmoxCluster>, Cleaner<ProxmoxCluster> {

    private static final Logger LOG = Logger.getLogger(ProxmoxClusterReconciler.class);

    private final ClusterSignals signals;
    private final ClusterLife life;
    private final ClusterStatuses statuses;
    private final ClusterDeparture departure;
    private final StatusWrites writes;
    private final Retries retries;

    ProxmoxClusterReconciler(
            ClusterSignals signals,
            ClusterLife life,
            ClusterStatuses statuses,
            ClusterDeparture departure,
            StatusWrites writes,
            Retries retries) {
        this.signals = signals;
        this.life = life;
        this.statuses = statuses;
        this.departure = departure;
        this.writes = writes;
        this.retries = retries;
    }

    @Override
    public List<EventSource<?, ProxmoxCluster>> prepareEventSources(EventSourceContext<ProxmoxCluster> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<ProxmoxCluster> reconcile(ProxmoxCluster cluster, Context<ProxmoxCluster> context) {
        if (Steering.isPaused(cluster)) {
            write(cluster, statuses.with(cluster, ClusterVerdicts.paused()), context);
            return UpdateControl.noUpdate();
        }
        try {
            var look = life.look(cluster);
            retries.succeeded(cluster.getMetadata().getUid());
            write(cluster, statuses.of(cluster, look.checked(), look.verdict()), context);
            return UpdateControl.<ProxmoxCluster>noUpdate()
                    .rescheduleAfter(look.checked().again());
        } catch (SecretInvalid e) {
            return failed(cluster, new Verdict.Failing(ClusterReason.SecretInvalid, e.getMessage()), context);
        } catch (IllegalArgumentException e) {
            return failed(cluster, new Verdict.Failing(ClusterReason.InvalidSpec, e.getMessage()), context);
        } catch (ProxmoxException e) {
            return failed(cluster, ClusterVerdicts.of(cluster, e), context);
        }
    }

    @Override
    public DeleteControl cleanup(ProxmoxCluster cluster, Context<ProxmoxCluster> context) {
        var stacks = context.getSecondaryResources(Stack.class).stream()
                .map(stack -> stack.getMetadata().getNamespace() + "/"
                        + stack.getMetadata().getName())
                .sorted()
                .toList();
        var waits = departure.next(cluster, stacks);
        if (waits.isEmpty()) {
            life.forget(cluster.getMetadata().getName());
            retries.succeeded(cluster.getMetadata().getUid());
            return DeleteControl.defaultDelete();
        }
        write(cluster, statuses.with(cluster, waits.get().verdict()), context);
        var control = DeleteControl.noFinalizerRemoval();
        return waits.get().again().map(control::rescheduleAfter).orElse(control);
    }

    private UpdateControl<ProxmoxCluster> failed(
            ProxmoxCluster cluster, Verdict verdict, Context<ProxmoxCluster> context) {
        LOG.warnf("cluster=%s ready=false cause=%s", cluster.getMetadata().getName(), verdict.message());
        Duration again = retries.failed(cluster.getMetadata().getUid());
        write(cluster, statuses.with(cluster, verdict), context);
        return UpdateControl.<ProxmoxCluster>noUpdate().rescheduleAfter(again);
    }

    private void write(ProxmoxCluster cluster, ProxmoxClusterStatus after, Context<ProxmoxCluster> context) {
        if (!Objects.equals(cluster.getStatus(), after)) {
            signals.tellTransition(cluster, after);
            writes.write(cluster, after, new ProxmoxCluster(), context);
        }
    }
}
