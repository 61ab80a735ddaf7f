package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** How far a machine is, as its status keeps it from one pass to the next. */
record Progress(
        Optional<Vmid> vmid,
        Optional<String> node,
        List<String> addresses,
        List<String> macs,
        Optional<Upid> task,
        boolean created,
        boolean started,
        Optional<String> seed,
        Optional<String> image) {

    static Progress of(Machine machine) {
        var status = machine.getStatus();
        if (status == null) {
            return new Progress(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
        return new Progress(
                Optional.ofNullable(status.vmid()).map(Vmid::new),
                Optional.ofNullable(status.node()),
                status.addresses(),
                status.macs(),
                Optional.ofNullable(status.task()).map(Upid::new),
                Boolean.TRUE.equals(status.created()),
                Boolean.TRUE.equals(status.started()),
                Optional.ofNullable(status.seed()),
                Optional.ofNullable(status.image()));
    }

    Progress reserved(Reservation reservation, String where) {
        return new Progress(
                Optional.of(reservation.vmid()),
                Optional.of(where),
                reservation.addresses(),
                reservation.macs(),
                task,
                created,
                started,
                seed,
                image);
    }

    /** Everything that hangs on the VMID is forgotten; the node and what is there already will do for another one. */
    Progress withoutVmid() {
        return new Progress(
                Optional.empty(), node, addresses, macs, Optional.empty(), false, false, seed, Optional.empty());
    }

    Progress withTask(Optional<Upid> running) {
        return new Progress(vmid, node, addresses, macs, running, created, started, seed, image);
    }

    Progress withoutTask() {
        return withTask(Optional.empty());
    }

    Progress withSeed(Optional<String> volume) {
        return new Progress(vmid, node, addresses, macs, task, created, started, volume, image);
    }

    Progress withImage(String volume) {
        return new Progress(vmid, node, addresses, macs, task, created, started, seed, Optional.of(volume));
    }

    Progress foundOn(String where) {
        return new Progress(vmid, Optional.of(where), addresses, macs, task, true, started, seed, image);
    }

    Progress onceStarted() {
        return new Progress(vmid, node, addresses, macs, task, created, true, seed, image);
    }

    MachineStatus status(Long generation, List<Condition> conditions, Phase phase, String hostname) {
        return new MachineStatus(
                generation,
                conditions,
                phase,
                vmid.map(Vmid::value).orElse(null),
                node.orElse(null),
                hostname,
                addresses,
                macs,
                task.map(Upid::text).orElse(null),
                created ? Boolean.TRUE : null,
                started ? Boolean.TRUE : null,
                seed.orElse(null),
                image.orElse(null));
    }
}
