package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterStatus;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private final ClusterSecrets secrets;
    private final ClusterConnections connections;
    private final ClusterChecks checks;
    private final ClusterStatuses statuses;
    private final StatusWrites writes;
    private final ClusterDeparture departure;
    private final Backoff backoff;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    ProxmoxClusterReconciler(
            ClusterSignals signals,
            ClusterSecrets secrets,
            ClusterConnections connections,
            ClusterChecks checks,
            ClusterStatuses statuses,
            StatusWrites writes,
            ClusterDeparture departure,
            ClusterSettings settings) {
        this.signals = signals;
        this.secrets = secrets;
        this.connections = connections;
        this.checks = checks;
        this.statuses = statuses;
        this.writes = writes;
        this.departure = departure;
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMax());
    }

    @Override
    public List<EventSource<?, ProxmoxCluster>> prepareEventSources(EventSourceContext<ProxmoxCluster> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<ProxmoxCluster> reconcile(ProxmoxCluster cluster, Context<ProxmoxCluster> context) {
        writes.recall(cluster);
        if (Steering.isPaused(cluster)) {
            return write(
                    cluster,
                    statuses.with(
                            cluster,
                            new Verdict.Stalled(
                                    ClusterReason.Paused,
                                    "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on")));
        }
        var name = cluster.getMetadata().getName();
        try {
            var connection = secrets.connection(cluster.getSpec());
            var checked = checks.check(cluster, connections.connect(name, connection));
            failures.remove(name);
            var verdict = ClusterVerdicts.of(
                    cluster,
                    checked.facts(),
                    checked.images(),
                    connection.token().id());
            return write(cluster, statuses.of(cluster, checked.facts(), checked.images(), verdict))
                    .rescheduleAfter(checked.again());
        } catch (IllegalArgumentException e) {
            var reason = e.getMessage().startsWith("Secret ") ? ClusterReason.SecretInvalid : ClusterReason.InvalidSpec;
            return failed(cluster, new Verdict.Failing(reason, e.getMessage()));
        } catch (ProxmoxException e) {
            return failed(cluster, ClusterVerdicts.of(cluster, e));
        }
    }

    @Override
    public DeleteControl cleanup(ProxmoxCluster cluster, Context<ProxmoxCluster> context) {
        var watched = cluster.getStatus();
        writes.recall(cluster);
        var control = departure.next(cluster, context);
        if (control.isRemoveFinalizer()) {
            writes.forget(cluster);
            // The finalizer is removed by a patch against what was watched: nothing else may differ.
            cluster.setStatus(watched);
            var name = cluster.getMetadata().getName();
            signals.forget(name);
            checks.forget(name);
            connections.disconnect(name);
            failures.remove(name);
        }
        return control;
    }

    private UpdateControl<ProxmoxCluster> failed(ProxmoxCluster cluster, Verdict verdict) {
        var count = failures.merge(cluster.getMetadata().getName(), 1, Integer::sum);
        LOG.warnf("cluster=%s ready=false cause=%s", cluster.getMetadata().getName(), verdict.message());
        Duration again = backoff.after(count);
        return write(cluster, statuses.with(cluster, verdict)).rescheduleAfter(again);
    }

    private UpdateControl<ProxmoxCluster> write(ProxmoxCluster cluster, ProxmoxClusterStatus after) {
        signals.tellTransition(cluster, after);
        writes.write(cluster, after, new ProxmoxCluster());
        return UpdateControl.noUpdate();
    }
}
