package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes a snapshot be looked at beside its own change: its machine, and the cluster it waits for. */
@ApplicationScoped
class SnapshotSignals {

    private static final String BY_MACHINE = "machine";

    private InformerEventSource<ProxmoxCluster, MachineSnapshot> clusters;

    List<EventSource<?, MachineSnapshot>> sources(EventSourceContext<MachineSnapshot> context) {
        var snapshots = context.getPrimaryCache();
        snapshots.addIndexers(Map.of(BY_MACHINE, snapshot -> List.of(machine(snapshot))));
        var machines = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Machine.class, MachineSnapshot.class)
                        .withName("snapshot-machines")
                        .withSecondaryToPrimaryMapper(machine ->
                                snapshots
                                        .byIndex(
                                                BY_MACHINE,
                                                key(
                                                        machine,
                                                        machine.getMetadata().getName()))
                                        .stream()
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((MachineSnapshot snapshot) -> Set.of(new ResourceID(
                                snapshot.getSpec().machineRef().name(),
                                snapshot.getMetadata().getNamespace())))
                        .withOnUpdateFilter(SnapshotSignals::matters)
                        .build(),
                context);
        clusters = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ProxmoxCluster.class, MachineSnapshot.class)
                        .withName("snapshot-clusters")
                        .withSecondaryToPrimaryMapper(cluster -> snapshots
                                .list(snapshot -> snapshot.getStatus() == null
                                        || !Conditions.isReady(
                                                snapshot.getStatus().conditions()))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((MachineSnapshot snapshot) -> Set.<ResourceID>of())
                        .withOnUpdateFilter((after, before) -> isReady(after) != isReady(before))
                        .build(),
                context);
        return List.of(machines, clusters);
    }

    Optional<ProxmoxCluster> cluster(String name) {
        return clusters.get(new ResourceID(name));
    }

    /** Whether it comes to be worked with, or goes. */
    private static boolean matters(Machine after, Machine before) {
        return isReady(after) != isReady(before)
                || (after.getMetadata().getDeletionTimestamp() == null)
                        != (before.getMetadata().getDeletionTimestamp() == null);
    }

    private static boolean isReady(Machine machine) {
        return machine.getStatus() != null
                && Conditions.isReady(machine.getStatus().conditions());
    }

    private static boolean isReady(ProxmoxCluster cluster) {
        return cluster.getStatus() != null
                && Conditions.isReady(cluster.getStatus().conditions());
    }

    private static String machine(MachineSnapshot snapshot) {
        return key(snapshot, snapshot.getSpec().machineRef().name());
    }

    private static String key(HasMetadata beside, String machine) {
        return beside.getMetadata().getNamespace() + "/" + machine;
    }
}
