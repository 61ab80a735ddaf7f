package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.operator.cluster.ClusterConnections;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Looks at what there is of a machine. One that the last poll saw run as it was left costs no call. */
@ApplicationScoped
class MachineObserver {

    private static final Set<String> CREATIONS = Set.of("qmcreate", "vzcreate");

    private final ClusterConnections connections;
    private final ClusterWatch watch;

    MachineObserver(ClusterConnections connections, ClusterWatch watch) {
        this.connections = connections;
        this.watch = watch;
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
                    .map(ready -> ": " + ready.getMessage())
                    .orElse(" yet");
            return new Situation.Unusable("ProxmoxCluster " + name + " is not connected" + why);
        }
        return new Situation.Usable(cluster.get(), view.get(), client.get());
    }

    TaskSight task(Progress progress, Situation.Usable usable) {
        if (progress.task().isEmpty()) {
            return new TaskSight.None();
        }
        var upid = progress.task().get();
        try {
            var state = usable.client().tasks().state(upid);
            if (state.running()) {
                return new TaskSight.Runs(upid);
            }
            return state.succeeded()
                    ? new TaskSight.Over(upid)
                    : new TaskSight.Failed(upid, usable.client().tasks().failure(upid));
        } catch (ProxmoxException.NotFound e) {
            return new TaskSight.Over(upid);
        }
    }

    GuestSight guest(Machine machine, Progress progress, Situation.Usable usable) {
        if (progress.vmid().isEmpty() || progress.node().isEmpty()) {
            return new GuestSight.Unleased();
        }
        var vmid = progress.vmid().get();
        var seen = usable.view().guest(vmid);
        if (seen.isPresent() && isQuiet(machine, progress, seen.get())) {
            return new GuestSight.Quiet(seen.get().id());
        }
        var type = type(machine);
        if (seen.isPresent() && seen.get().id().type() != type) {
            return new GuestSight.Foreign(seen.get().id(), seen.get().name());
        }
        var node = seen.map(guest -> guest.id().node()).orElse(progress.node().get());
        var sight = look(machine, usable, new GuestId(type, node, vmid));
        return sight instanceof GuestSight.Absent ? elsewhere(machine, usable, vmid, node) : sight;
    }

    /** It may have moved since the last poll. */
    private GuestSight elsewhere(Machine machine, Situation.Usable usable, Vmid vmid, String node) {
        var now = watch.refresh(usable.cluster().getMetadata().getName())
                .guest(vmid)
                .map(GuestResource::id);
        return now.filter(id -> !id.node().equals(node))
                .map(id -> id.type() == type(machine)
                        ? look(machine, usable, id)
                        : new GuestSight.Foreign(id, id.toString()))
                .orElseGet(GuestSight.Absent::new);
    }

    GuestSight look(Machine machine, Situation.Usable usable, GuestId id) {
        try {
            var config = usable.client().guests().config(id);
            if (config.lock().filter("create"::equals).isPresent()) {
                return new GuestSight.HalfMade(
                        id,
                        usable.client().tasks().running(id.node(), id.vmid()).stream()
                                .filter(task -> CREATIONS.contains(task.type()))
                                .findFirst());
            }
            if (!config.tags().contains(MachineIdentity.ownerTag(machine))) {
                return new GuestSight.Foreign(id, config.name().orElse("without a name"));
            }
            return new GuestSight.Ours(id, usable.client().guests().state(id).state(), config);
        } catch (ProxmoxException.NotFound e) {
            if (e.isGuest()) {
                return new GuestSight.Absent();
            }
            throw e;
        }
    }

    static GuestType type(Machine machine) {
        return machine.getSpec().type() == MachineType.container ? GuestType.LXC : GuestType.QEMU;
    }

    private static boolean isQuiet(Machine machine, Progress progress, GuestResource seen) {
        return progress.created()
                && progress.started()
                && progress.task().isEmpty()
                && Objects.equals(
                        machine.getStatus().observedGeneration(),
                        machine.getMetadata().getGeneration())
                && seen.id().type() == type(machine)
                && seen.state() == RunState.RUNNING
                && seen.lock().isEmpty()
                && progress.node().equals(Optional.of(seen.id().node()))
                && seen.tags().contains(MachineIdentity.ownerTag(machine));
    }
}
