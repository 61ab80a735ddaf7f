package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.cluster.ImageUses;
import cloud.pxc.operator.cluster.Maintenance;
import cloud.pxc.operator.metrics.ClusterMeter;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.status.Conditions;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a machine be looked at: its own change, its guest's, its cluster's, and what becomes of its names. */
@ApplicationScoped
class MachineSignals {

    private static final String BY_VMID = "vmid";
    private static final String BY_CLUSTER = "cluster";
    private static final String BY_SOURCE = "source";

    private final ClusterWatch watch;
    private final Names names;
    private final Moves moves;
    private final MachineLeases leases;
    private final SeedSources sources;
    private final ImageUses images;
    private final CreationTurns turns;
    private final TaskEnds tasks;
    private final ClusterMeter meter;

    MachineSignals(
            ClusterWatch watch,
            Names names,
            Moves moves,
            MachineLeases leases,
            ImageUses images,
            SeedSources sources,
            CreationTurns turns,
            TaskEnds tasks,
            ClusterMeter meter) {
        this.watch = watch;
        this.names = names;
        this.moves = moves;
        this.leases = leases;
        this.sources = sources;
        this.images = images;
        this.turns = turns;
        this.tasks = tasks;
        this.meter = meter;
    }

    List<EventSource<?, Machine>> sources(EventSourceContext<Machine> context) {
        var machines = context.getPrimaryCache();
        machines.addIndexers(Map.of(
                BY_VMID,
                MachineSignals::vmidKey,
                BY_CLUSTER,
                MachineSignals::clusterKey,
                BY_SOURCE,
                MachineSignals::sourceKeys));
        leases.know(cluster -> machines.byIndex(BY_CLUSTER, cluster));
        meter.know(cluster -> machines.byIndex(BY_CLUSTER, cluster));
        images.know(cluster -> machines.byIndex(BY_CLUSTER, cluster));
        var named = sources.watch(
                context, id -> machines.byIndex(BY_SOURCE, id.getNamespace().orElse("") + "/" + id.getName()));
        var guests = new SimpleInboundEventSource<Machine>("guests");
        tasks.know(guests::propagateEvent);
        turns.know(cluster -> machines.byIndex(BY_CLUSTER, cluster), guests::propagateEvent);
        moves.know(cluster -> machines.byIndex(BY_CLUSTER, cluster), guests::propagateEvent);
        watch.listen(change -> {
            for (var vmid : change.guests()) {
                machines.byIndex(BY_VMID, change.cluster() + "/" + vmid).forEach(machine -> propagate(guests, machine));
            }
            if (change.landscape()) {
                unsettled(machines.byIndex(BY_CLUSTER, change.cluster()))
                        .forEach(machine -> propagate(guests, machine));
            }
        });
        names.listen(
                MachineIdentity.KIND, owner -> guests.propagateEvent(new ResourceID(owner.name(), owner.namespace())));
        var clusters = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ProxmoxCluster.class, Machine.class)
                        .withName("machine-clusters")
                        .withSecondaryToPrimaryMapper(cluster -> concerned(
                                        cluster,
                                        machines.byIndex(
                                                BY_CLUSTER,
                                                cluster.getMetadata().getName()))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((Machine machine) -> Set.of(
                                new ResourceID(machine.getSpec().clusterRef().name())))
                        .withOnUpdateFilter(MachineSignals::matters)
                        .build(),
                context);
        return Stream.concat(Stream.of(guests, clusters), named.stream()).toList();
    }

    private static void propagate(SimpleInboundEventSource<Machine> source, Machine machine) {
        source.propagateEvent(ResourceID.fromResource(machine));
    }

    /** Those that wait for something. */
    private static Stream<Machine> unsettled(List<Machine> machines) {
        return machines.stream()
                .filter(machine -> machine.getStatus() == null
                        || !Conditions.isReady(machine.getStatus().conditions())
                        || Conditions.find(machine.getStatus().conditions(), Conditions.READY)
                                .filter(ready -> ready.getReason().equals(MachineReason.MoveRefused.name()))
                                .isPresent());
    }

    /** Those that wait for something, or are to leave their node. */
    private static Stream<Machine> concerned(ProxmoxCluster cluster, List<Machine> machines) {
        var drained = Maintenance.of(cluster).drained();
        return Stream.concat(
                unsettled(machines),
                machines.stream()
                        .filter(machine -> machine.getStatus() != null
                                && machine.getStatus().node() != null
                                && drained.contains(machine.getStatus().node())));
    }

    private static boolean matters(ProxmoxCluster after, ProxmoxCluster before) {
        return !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || !Maintenance.of(after).equals(Maintenance.of(before))
                || before.getStatus() == null
                || after.getStatus() != null
                        && !Objects.equals(
                                after.getStatus().images(), before.getStatus().images());
    }

    private static List<String> vmidKey(Machine machine) {
        return machine.getStatus() == null || machine.getStatus().vmid() == null
                ? List.of()
                : List.of(machine.getSpec().clusterRef().name() + "/"
                        + machine.getStatus().vmid());
    }

    private static List<String> sourceKeys(Machine machine) {
        return SeedSources.ids(machine).stream()
                .map(id -> machine.getMetadata().getNamespace() + "/" + id.getName())
                .toList();
    }

    private static List<String> clusterKey(Machine machine) {
        return List.of(machine.getSpec().clusterRef().name());
    }
}
