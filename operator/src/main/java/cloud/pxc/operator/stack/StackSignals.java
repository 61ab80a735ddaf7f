package cloud.pxc.operator.stack;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.status.Conditions;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes a stack be looked at: its machines, the cluster it lives on, and the zones its name lies in. */
@ApplicationScoped
class StackSignals {

    private final ZoneCatalog catalog;

    StackSignals(ZoneCatalog catalog) {
        this.catalog = catalog;
    }

    List<EventSource<?, Stack>> sources(EventSourceContext<Stack> context) {
        var stacks = context.getPrimaryCache();
        var machines = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Machine.class, Stack.class)
                        .withName("stack-machines")
                        .build(),
                context);
        var clusters = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ProxmoxCluster.class, Stack.class)
                        .withName("stack-clusters")
                        .withSecondaryToPrimaryMapper(cluster -> stacks.list(stack -> stack.getSpec()
                                        .clusterRef()
                                        .name()
                                        .equals(cluster.getMetadata().getName()))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((Stack stack) -> Set.of(
                                new ResourceID(stack.getSpec().clusterRef().name())))
                        .withOnUpdateFilter(StackSignals::matters)
                        .build(),
                context);
        var zones = new SimpleInboundEventSource<Stack>("stack-zones");
        catalog.listen(() -> stacks.list()
                .filter(stack -> stack.getStatus() == null
                        || !Conditions.isReady(stack.getStatus().conditions()))
                .forEach(stack -> zones.propagateEvent(ResourceID.fromResource(stack))));
        return List.of(machines, clusters, zones);
    }

    /** Its declaration, and which files its images are. */
    private static boolean matters(ProxmoxCluster after, ProxmoxCluster before) {
        return !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || !images(after).equals(images(before));
    }

    private static List<ImageStatus> images(ProxmoxCluster cluster) {
        return cluster.getStatus() == null ? List.of() : cluster.getStatus().images();
    }
}
