package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.MachineSnapshotStatus;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.proxmox.Snapshot;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * How far a snapshot is, as its status keeps it from one pass to the next.
 *
 * @param name on Proxmox
 * @param rollBack the one that is under way
 * @param rolledBack value of the annotation that nothing is left to be done for
 */
record SnapshotProgress(
        Optional<Vmid> vmid,
        Optional<String> machineUid,
        Optional<String> name,
        Optional<String> takenAt,
        boolean memory,
        Optional<Upid> task,
        Optional<RollBack> rollBack,
        Optional<String> rolledBack) {

    /**
     * A rollback that was asked for, noted before it is begun.
     *
     * @param value of the annotation
     * @param node that the guest is on, whose tasks tell whether it was begun
     * @param after the last rollback of the guest before
     */
    record RollBack(String value, String node, Optional<Upid> after) {}

    static SnapshotProgress of(MachineSnapshot snapshot) {
        var status = snapshot.getStatus();
        if (status == null) {
            return new SnapshotProgress(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        return new SnapshotProgress(
                Optional.ofNullable(status.vmid()).map(Vmid::new),
                Optional.ofNullable(status.machineUid()),
                Optional.ofNullable(status.snapshot()),
                Optional.ofNullable(status.takenAt()),
                Boolean.TRUE.equals(status.memory()),
                Optional.ofNullable(status.task()).map(Upid::new),
                Optional.ofNullable(status.rollingBack())
                        .map(value -> new RollBack(
                                value,
                                status.rollingBackOn(),
                                Optional.ofNullable(status.rollingBackAfter()).map(Upid::new))),
                Optional.ofNullable(status.rolledBack()));
    }

    SnapshotProgress noted(Vmid guest, String machine, String called, Optional<String> handled) {
        return new SnapshotProgress(
                Optional.of(guest),
                Optional.of(machine),
                Optional.of(called),
                takenAt,
                memory,
                task,
                rollBack,
                handled);
    }

    SnapshotProgress taken(Snapshot there) {
        return new SnapshotProgress(
                vmid,
                machineUid,
                name,
                Optional.of(there.takenAt().toString()),
                there.memory(),
                task,
                rollBack,
                rolledBack);
    }

    SnapshotProgress withTask(Optional<Upid> running) {
        return new SnapshotProgress(vmid, machineUid, name, takenAt, memory, running, rollBack, rolledBack);
    }

    SnapshotProgress rollingBack(RollBack wanted) {
        return new SnapshotProgress(vmid, machineUid, name, takenAt, memory, task, Optional.of(wanted), rolledBack);
    }

    SnapshotProgress withoutRollBack() {
        return new SnapshotProgress(vmid, machineUid, name, takenAt, memory, task, Optional.empty(), rolledBack);
    }

    /** Nothing is left to be done for that value, whatever came of it. */
    SnapshotProgress rolledBack(String value) {
        return new SnapshotProgress(
                vmid, machineUid, name, takenAt, memory, task, Optional.empty(), Optional.of(value));
    }

    MachineSnapshotStatus status(Long generation, List<Condition> conditions, SnapshotPhase phase) {
        return new MachineSnapshotStatus(
                generation,
                conditions,
                phase,
                vmid.map(Vmid::value).orElse(null),
                machineUid.orElse(null),
                name.orElse(null),
                takenAt.orElse(null),
                takenAt.isPresent() ? memory : null,
                task.map(Upid::text).orElse(null),
                rollBack.map(RollBack::value).orElse(null),
                rollBack.map(RollBack::node).orElse(null),
                rollBack.flatMap(RollBack::after).map(Upid::text).orElse(null),
                rolledBack.orElse(null));
    }
}
