package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.cluster.Drains;
import cloud.pxc.operator.cluster.Maintenance;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Snapshot;
import cloud.pxc.proxmox.Upid;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides which machines go to another node: asked by an annotation, or because theirs is drained, then so many at a time. */
@ApplicationScoped
class Moves {

    /** Tasks that bring a guest to another node. */
    static final Set<String> TASKS = Set.of("qmigrate", "vzmigrate", "hamigrate");

    private final NodeChoice nodes;
    private final Drains drains;
    private final Sluice<ResourceID> sluice;
    private final Set<String> resumed = new HashSet<>();
    private Function<String, Collection<Machine>> existing = cluster -> List.of();
    private Consumer<ResourceID> next = machine -> {};

    Moves(NodeChoice nodes, Drains drains, ClusterSettings settings) {
        this.nodes = nodes;
        this.drains = drains;
        this.sluice = new Sluice<>(settings.leavingAtOnce());
    }

    /**
     * @param machines of a cluster that exist, also those that were on their way when the process before ended
     * @param turn is told of a machine when it may leave its node
     */
    synchronized void know(Function<String, Collection<Machine>> machines, Consumer<ResourceID> turn) {
        nodes.know(machines);
        drains.know(machines);
        existing = machines;
        next = turn;
    }

    Move of(Machine machine, Progress progress, Situation.Usable usable) {
        if (!progress.created() || progress.vmid().isEmpty()) {
            return new Move.None();
        }
        resume(usable);
        var node = progress.node().orElseThrow();
        var asked = MovePlan.asked(machine, progress);
        if (asked.filter(node::equals).isPresent()) {
            stay(machine);
            return new Move.Done(asked);
        }
        var move = asked.map(to -> asked(machine, progress, usable, to)).orElseGet(() -> unasked(machine, progress));
        if (move instanceof Move.To || move instanceof Move.Done) {
            return move;
        }
        if (!Maintenance.of(usable.cluster()).drained().contains(node)) {
            stay(machine);
            return move;
        }
        return drained(machine, progress, usable, node);
    }

    private static Move unasked(Machine machine, Progress progress) {
        return progress.migrated().isPresent()
                        && Steering.value(machine, Steering.MIGRATE).isEmpty()
                ? new Move.Done(Optional.empty())
                : new Move.None();
    }

    private Move asked(Machine machine, Progress progress, Situation.Usable usable, String to) {
        var known =
                usable.view().nodes().stream().map(NodeResource::name).sorted().toList();
        if (!known.contains(to)) {
            return new Move.Refused("it does not move to " + to + " as " + Steering.MIGRATE + " asks: ProxmoxCluster "
                    + usable.cluster().getMetadata().getName() + " has no such node (it has: "
                    + String.join(", ", known) + "); name one of those, or remove the annotation");
        }
        return switch (nodes.elsewhere(machine, usable, progress, Optional.of(to))) {
            case PlacementPlanner.Choice.On(var node) -> new Move.To(node);
            case PlacementPlanner.Choice.Nowhere(var why) ->
                new Move.Refused("it does not move as " + Steering.MIGRATE + " asks: " + why
                        + "; name another node, mend that, or remove the annotation");
        };
    }

    private Move drained(Machine machine, Progress progress, Situation.Usable usable, String node) {
        var uid = machine.getMetadata().getUid();
        var cluster = usable.cluster().getMetadata().getName();
        if (!sluice.enter(uid, cluster + "/" + node, ResourceID.fromResource(machine))) {
            return new Move.Queued();
        }
        return switch (nodes.elsewhere(machine, usable, progress, Optional.empty())) {
            case PlacementPlanner.Choice.On(var to) -> new Move.To(to);
            case PlacementPlanner.Choice.Nowhere(var why) -> {
                pass(machine);
                drains.stays(machine, node, why);
                yield new Move.Refused("its node " + node + " is being drained, and it can't leave: " + why
                        + "; free or add room, or change its placement");
            }
        };
    }

    /** With what shows only in the guest: what keeps it on its node. */
    Move checked(Move move, Machine machine, Situation.Usable usable, GuestSight guest) {
        if (!(move instanceof Move.To) || !(guest instanceof GuestSight.Ours ours)) {
            return move;
        }
        var hindrance = usesOfItsNode(ours, usable).or(() -> hasSnapshotsOnItsNode(ours, usable));
        if (hindrance.isEmpty()) {
            return move;
        }
        var why = hindrance.get();
        pass(machine);
        nodes.note(machine, ours.id().vmid(), ours.id().node());
        if (Maintenance.of(usable.cluster()).drained().contains(ours.id().node())) {
            drains.stays(machine, ours.id().node(), why);
        }
        return new Move.Refused("it does not move: " + why);
    }

    private static Optional<String> usesOfItsNode(GuestSight.Ours guest, Situation.Usable usable) {
        var isos = MovePlan.foreignIsos(guest.config(), usable.view());
        var held = isos.isEmpty() ? usable.client().guests().localDevices(guest.id()) : isos;
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of("it uses " + String.join(", ", held) + " of its node; take that out of it");
    }

    private static Optional<String> hasSnapshotsOnItsNode(GuestSight.Ours guest, Situation.Usable usable) {
        var snapshots = usable.client().snapshots();
        var names = snapshots.of(guest.id()).all().stream()
                .map(Snapshot::name)
                .sorted()
                .toList();
        var settings =
                names.stream().map(name -> snapshots.settings(guest.id(), name)).toList();
        var held = MovePlan.heldBySnapshots(guest.id().type(), guest.state(), settings, usable.view());
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of("there are snapshots of it (" + String.join(", ", names)
                        + "), and Proxmox does not move it with those, because of what they have on storages of its node ("
                        + String.join(", ", held) + "); delete the snapshots");
    }

    /** The outcome of what else was done, with what came of the wish to move. */
    Outcome remark(Outcome outcome, Move move, Duration patience) {
        if (!(outcome.verdict() instanceof Verdict.Ready ready)) {
            return outcome;
        }
        return switch (move) {
            case Move.Refused(var why) -> {
                var reason = ready.reason() == MachineReason.Running || ready.reason() == MachineReason.Stopped
                        ? MachineReason.MoveRefused
                        : ready.reason();
                yield new Outcome(
                        outcome.progress(),
                        outcome.phase(),
                        new Verdict.Ready(reason, ready.message() + "; " + why),
                        sooner(outcome.again(), patience),
                        outcome.waitingForStart());
            }
            case Move.Queued queued ->
                new Outcome(
                        outcome.progress(),
                        outcome.phase(),
                        ready,
                        sooner(outcome.again(), patience),
                        outcome.waitingForStart());
            case Move.None none -> outcome;
            case Move.Done done -> outcome;
            case Move.To to -> outcome;
        };
    }

    private static Optional<Duration> sooner(Optional<Duration> again, Duration patience) {
        return Optional.of(again.filter(pause -> pause.compareTo(patience) < 0).orElse(patience));
    }

    /** Others may leave in its place, for the time being at least. */
    void pass(Machine machine) {
        sluice.leave(machine.getMetadata().getUid()).ifPresent(this::tell);
    }

    /** It does not leave its node, or has left it. */
    void stay(Machine machine) {
        pass(machine);
        drains.goes(machine);
    }

    /** Its guest is not wanted any more. */
    void forget(Machine machine) {
        stay(machine);
        nodes.forget(machine);
    }

    private synchronized void tell(ResourceID machine) {
        next.accept(machine);
    }

    /** Before the first decision after a start: those that are on their way count. */
    private synchronized void resume(Situation.Usable usable) {
        var cluster = usable.cluster().getMetadata().getName();
        if (resumed.add(cluster)) {
            existing.apply(cluster).stream()
                    .filter(machine -> Progress.of(machine)
                            .task()
                            .map(Upid::type)
                            .filter(TASKS::contains)
                            .isPresent())
                    .collect(Collectors.toMap(
                            machine -> machine.getMetadata().getUid(),
                            machine -> cluster + "/"
                                    + Progress.of(machine).task().orElseThrow().node()))
                    .forEach(sluice::hold);
        }
    }
}
