package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.machine.MachineGuests;
import cloud.pxc.operator.machine.MachineGuests.Found;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxException.NotFound;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks at what there is of a snapshot. */
@ApplicationScoped
class SnapshotObserver {

    /** Locks of a guest that what is done here leaves when it is cut off. */
    static final Set<String> OF_SNAPSHOTS = Set.of("snapshot", "snapshot-delete", "rollback");

    private final MachineGuests guests;
    private final ClusterWatch watch;

    SnapshotObserver(MachineGuests guests, ClusterWatch watch) {
        this.guests = guests;
        this.watch = watch;
    }

    /** @param clusters by name */
    SnapshotSight look(
            MachineSnapshot snapshot,
            SnapshotProgress progress,
            Optional<Machine> machine,
            Function<String, Optional<ProxmoxCluster>> clusters) {
        var name = snapshot.getSpec().machineRef().name();
        if (machine.isEmpty()) {
            return progress.machineUid().isEmpty()
                    ? new SnapshotSight.NoMachine()
                    : new SnapshotSight.MachineGone(
                            "Machine " + name + " is gone, and its snapshots with its guest; delete this object");
        }
        var meta = machine.get().getMetadata();
        if (progress.machineUid().filter(uid -> !uid.equals(meta.getUid())).isPresent()) {
            return new SnapshotSight.MachineGone("the Machine " + name
                    + " that this is of is gone, and its snapshots with its guest; delete this object");
        }
        if (meta.getDeletionTimestamp() != null) {
            return new SnapshotSight.MachineLeaving(
                    "Machine " + name + " is being deleted, and its snapshots go with its guest");
        }
        var cluster = machine.get().getSpec().clusterRef().name();
        return switch (guests.find(machine.get(), clusters.apply(cluster))) {
            case Found.Unreachable(var why) -> new SnapshotSight.Waits(SnapshotReason.ClusterNotReady, why);
            case Found.NotYet(var why) -> new SnapshotSight.Waits(SnapshotReason.MachineNotReady, why);
            case Found.Gone(var why) -> new SnapshotSight.GuestGone(why);
            case Found.Foreign(var why) -> new SnapshotSight.Foreign(why);
            case Found.Ours ours -> look(snapshot, progress, cluster, ours);
        };
    }

    private SnapshotSight look(MachineSnapshot snapshot, SnapshotProgress progress, String cluster, Found.Ours ours) {
        var task = TaskSight.of(progress.task(), ours.client(), () -> watch.refresh(cluster));
        var working = ours.lock().filter(OF_SNAPSHOTS::contains).isPresent()
                ? ours.client()
                        .tasks()
                        .running(ours.guest().node(), ours.guest().vmid())
                : List.<Upid>of();
        return new SnapshotSight.Seen(
                ours.guest(),
                task,
                ours.lock(),
                ours.client().snapshots().of(ours.guest()),
                working,
                rollBacks(snapshot, progress, ours));
    }

    private static Optional<List<SnapshotSight.RollBackTask>> rollBacks(
            MachineSnapshot snapshot, SnapshotProgress progress, Found.Ours ours) {
        var underWay = progress.rollBack();
        if (underWay.isEmpty() && RollBacks.wanted(snapshot, progress).isEmpty()) {
            return Optional.of(List.of());
        }
        var node = underWay.map(SnapshotProgress.RollBack::node)
                .orElseGet(() -> ours.guest().node());
        var before = underWay.flatMap(SnapshotProgress.RollBack::after);
        var tasks = ours.client().tasks();
        try {
            return Optional.of(
                    tasks.last(node, ours.guest().vmid(), type(ours.guest().type())).stream()
                            .limit(underWay.isPresent() ? Long.MAX_VALUE : 1)
                            .takeWhile(upid -> !before.equals(Optional.of(upid)))
                            .map(upid -> new SnapshotSight.RollBackTask(upid, tasks.state(upid)))
                            .toList());
        } catch (NotFound e) {
            if (e.thing() == NotFound.Thing.NODE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String type(GuestType guest) {
        return guest == GuestType.LXC ? "vzrollback" : "qmrollback";
    }
}
