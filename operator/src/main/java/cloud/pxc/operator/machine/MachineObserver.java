package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.operator.cluster.ClusterConnections;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.HaResource;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.ProxmoxException.Refused;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at what there is of a machine. One that the last poll saw run as it was left costs no call. */
@ApplicationScoped
class MachineObserver {

    private static final Duration HA_MOVES_WITHIN = Duration.ofMinutes(5);

    private final ClusterConnections connections;
    private final ClusterWatch watch;
    private final Seeds seeds;
    private final Echoes echoes;
    private final Clock clock;
    /** UIDs of machines of which what the last poll tells is not enough. */
    private final Set<String> distrusted = ConcurrentHashMap.newKeySet();

    MachineObserver(ClusterConnections connections, ClusterWatch watch, Seeds seeds, Echoes echoes, Clock clock) {
        this.connections = connections;
        this.watch = watch;
        this.seeds = seeds;
        this.echoes = echoes;
        this.clock = clock;
    }

    Situation situation(Machine machine, Optional<ProxmoxCluster> cluster) {
        var name = machine.getSpec().clusterRef().name();
        if (cluster.isEmpty()) {
            return new Situation.Unusable("there is no ProxmoxCluster " + name + "; create it");
        }
        var client = connections.client(name);
        var view = watch.view(name);
        if (client.isEmpty() || view.isEmpty()) {
            var status = cluster.get().getStatus();
            var why = Conditions.find(status == null ? null : status.conditions(), Conditions.READY)
                    .filter(ready -> !"True".equals(ready.getStatus()))
                    .map(ready -> ": " + ready.getMessage())
                    .orElse(" yet");
            return new Situation.Unusable("ProxmoxCluster " + name + " is not connected" + why);
        }
        return new Situation.Usable(cluster.get(), view.get(), client.get());
    }

    TaskSight task(Progress progress, Situation.Usable usable) {
        var sight = TaskSight.of(progress.task(), usable.client(), () -> refreshed(usable));
        return switch (sight) {
            case TaskSight.Failed failed -> failed(failed);
            case TaskSight.Over(var upid) when isAwaited(upid, progress, usable) -> awaited(upid, progress, usable);
            case TaskSight.Over over -> over;
            case TaskSight.Runs runs -> runs;
            case TaskSight.None none -> none;
        };
    }

    /** High availability only takes note of a move that it is asked for, and begins with it some seconds later. */
    private boolean isAwaited(Upid task, Progress progress, Situation.Usable usable) {
        return task.type().equals("hamigrate")
                && task.startedAt().plus(HA_MOVES_WITHIN).isAfter(clock.instant())
                && progress.vmid()
                        .flatMap(usable.view()::guest)
                        .filter(guest -> guest.id().node().equals(task.node()))
                        .isPresent();
    }

    /** What it has begun with is a task of its own, and may have failed. */
    private TaskSight awaited(Upid asked, Progress progress, Situation.Usable usable) {
        var type = usable.view()
                .guest(progress.vmid().orElseThrow())
                .map(guest -> guest.id().type())
                .orElseThrow();
        var begun = usable
                .client()
                .tasks()
                .last(asked.node(), progress.vmid().get(), type == GuestType.LXC ? "vzmigrate" : "qmigrate")
                .stream()
                .findFirst()
                .filter(task -> !task.startedAt().isBefore(asked.startedAt()));
        return TaskSight.of(begun, usable.client(), () -> refreshed(usable)) instanceof TaskSight.Failed failed
                ? failed
                : new TaskSight.Runs(asked);
    }

    /** A start of what runs, or a stop of what stands still, has come to what it was for. */
    private static TaskSight failed(TaskSight.Failed failed) {
        return failed.why() instanceof Refused refused
                        && (refused.reason() == Refused.Reason.ALREADY_RUNNING
                                || refused.reason() == Refused.Reason.NOT_RUNNING)
                ? new TaskSight.Over(failed.upid())
                : failed;
    }

    /** The next look at it is a close one, whatever the poll tells. */
    void distrust(String uid) {
        distrusted.add(uid);
    }

    /** As far as the last poll tells, where that is enough. */
    GuestSight guest(Machine machine, Progress progress, Situation.Usable usable) {
        var uid = machine.getMetadata().getUid();
        if (distrusted.remove(uid)) {
            try {
                return closely(machine, progress, usable);
            } catch (ProxmoxException e) {
                distrusted.add(uid);
                throw e;
            }
        }
        var seen = progress.vmid().flatMap(usable.view()::guest);
        return seen.filter(guest -> isQuiet(machine, progress, guest))
                .filter(guest -> seeds.isCurrent(machine, usable.cluster()))
                .<GuestSight>map(guest -> new GuestSight.Quiet(guest.id()))
                .orElseGet(() -> whereItShouldBe(machine, progress, usable));
    }

    /**
     * What nobody called for needs no looking after: should it be there, its creation says so. What was called for is asked after
     * where it is to be, should the last poll not know it yet.
     */
    private GuestSight whereItShouldBe(Machine machine, Progress progress, Situation.Usable usable) {
        if (progress.vmid().isEmpty() || progress.node().isEmpty()) {
            return new GuestSight.Unleased();
        }
        var vmid = progress.vmid().get();
        var node = progress.node().get();
        if (usable.view().guest(vmid).isPresent() || !usable.view().isOnline(node)) {
            return closely(machine, progress, usable);
        }
        if (!progress.created() && progress.image().isEmpty()) {
            return new GuestSight.Absent();
        }
        var sight = look(machine, usable, new GuestId(type(machine), node, vmid));
        return sight instanceof GuestSight.Absent ? closely(machine, progress, usable) : sight;
    }

    /** As it is now. */
    GuestSight closely(Machine machine, Progress progress, Situation.Usable usable) {
        if (progress.vmid().isEmpty() || progress.node().isEmpty()) {
            return new GuestSight.Unleased();
        }
        var vmid = progress.vmid().get();
        var sight = look(machine, usable, usable.view(), vmid);
        // It may have come, gone or moved since the last poll.
        return sight instanceof GuestSight.Absent ? look(machine, usable, refreshed(usable), vmid) : sight;
    }

    private ClusterView refreshed(Situation.Usable usable) {
        return watch.refresh(usable.cluster().getMetadata().getName());
    }

    private GuestSight look(Machine machine, Situation.Usable usable, ClusterView view, Vmid vmid) {
        var seen = view.guest(vmid).map(GuestResource::id);
        if (seen.isEmpty()) {
            return new GuestSight.Absent();
        }
        return seen.get().type() == type(machine)
                ? look(machine, usable, seen.get())
                : new GuestSight.Foreign(seen.get(), "a guest of the other type");
    }

    private GuestSight look(Machine machine, Situation.Usable usable, GuestId id) {
        try {
            var config = usable.client().guests().config(id);
            if (config.lock().filter("create"::equals).isPresent()) {
                return halfMade(usable, id);
            }
            if (!config.tags().contains(MachineIdentity.ownerTag(machine))) {
                return new GuestSight.Foreign(id, config.name().orElse("without a name"));
            }
            if (config.lock().filter("migrate"::equals).isPresent()) {
                return new GuestSight.Moving(id, working(usable, id));
            }
            var now = usable.client().guests().state(id);
            var pending = now.state() == RunState.STOPPED
                    ? Set.<String>of()
                    : usable.client().guests().pending(id);
            var available = now.managed() || machine.getSpec().highAvailability() != null
                    ? usable.client().highAvailability().resource(id)
                    : Optional.<HaResource>empty();
            return new GuestSight.Ours(
                    id, now.state(), echoes.understood(machine.getMetadata().getUid(), config), pending, available);
        } catch (ProxmoxException.NotFound e) {
            if (e.isGuest()) {
                return new GuestSight.Absent();
            }
            throw e;
        }
    }

    /** Tags come last: until then only the task tells whose it is. */
    private static GuestSight halfMade(Situation.Usable usable, GuestId id) {
        return new GuestSight.HalfMade(id, working(usable, id));
    }

    private static Optional<Upid> working(Situation.Usable usable, GuestId id) {
        return usable.client().tasks().running(id.node(), id.vmid()).stream().findFirst();
    }

    static GuestType type(Machine machine) {
        return machine.getSpec().type() == MachineType.container ? GuestType.LXC : GuestType.QEMU;
    }

    private static boolean isQuiet(Machine machine, Progress progress, GuestResource seen) {
        return MachineReport.isSettled(machine)
                && !SeedPlan.isToBeDetached(machine, progress)
                && seen.id().type() == type(machine)
                && seen.state() == PowerPlan.wanted(machine)
                && PowerPlan.restart(machine, progress).isEmpty()
                && seen.lock().isEmpty()
                && progress.node().equals(Optional.of(seen.id().node()))
                && seen.tags().contains(MachineIdentity.ownerTag(machine));
    }
}
