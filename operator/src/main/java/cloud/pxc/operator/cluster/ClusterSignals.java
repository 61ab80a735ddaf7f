package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Events;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** What makes a cluster be looked at, and what is told when it turns ready or not. */
@ApplicationScoped
class ClusterSignals {

    private final ClusterSecrets secrets;
    private final ClusterWatch watch;
    private final ImageUses uses;
    private final Drains drains;
    private final Events events;

    ClusterSignals(ClusterSecrets secrets, ClusterWatch watch, ImageUses uses, Drains drains, Events events) {
        this.secrets = secrets;
        this.watch = watch;
        this.uses = uses;
        this.drains = drains;
        this.events = events;
    }

    List<EventSource<?, ProxmoxCluster>> sources(EventSourceContext<ProxmoxCluster> context) {
        var clusters = context.getPrimaryCache();
        uses.know(() -> clusters.list().toList());
        var changes = new SimpleInboundEventSource<ProxmoxCluster>("cluster-changes");
        watch.listen(change -> changes.propagateEvent(new ResourceID(change.cluster())));
        drains.listen(cluster -> changes.propagateEvent(new ResourceID(cluster)));
        var stacks = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Stack.class, ProxmoxCluster.class)
                        .withName("cluster-stacks")
                        .withSecondaryToPrimaryMapper(stack -> Set.of(
                                new ResourceID(stack.getSpec().clusterRef().name())))
                        // Only asked whether there are any; the last one that goes is worth a look.
                        .withOnAddFilter(stack -> false)
                        .withOnUpdateFilter((after, before) -> false)
                        .build(),
                context);
        return List.of(secrets.watch(context), changes, stacks);
    }

    void tellTransition(ProxmoxCluster cluster, ProxmoxClusterStatus after) {
        var was = cluster.getStatus() != null
                && Conditions.isReady(cluster.getStatus().conditions());
        var ready = Conditions.find(after.conditions(), Conditions.READY).orElseThrow();
        var is = Conditions.isReady(after.conditions());
        if (was && !is) {
            events.warning(cluster, ready.getReason(), ready.getMessage());
        } else if (is && !was) {
            events.normal(cluster, ready.getReason(), ready.getMessage());
        }
    }
}
