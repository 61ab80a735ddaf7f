package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        Optional<String> image,
        Optional<String> seedHash,
        boolean booted,
        boolean adopted,
        Optional<String> restarted,
        Optional<String> migrated,
        Optional<GuestHardware> hardware) {

    private static final Progress NONE = new Progress(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static Progress of(Machine machine) {
        var status = machine.getStatus();
        if (status == null) {
            return NONE;
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
                Optional.ofNullable(status.image()),
                Optional.ofNullable(status.seedHash()),
                Boolean.TRUE.equals(status.booted()),
                Boolean.TRUE.equals(status.adopted()),
                Optional.ofNullable(status.restarted()),
                Optional.ofNullable(status.migrated()),
                Optional.ofNullable(status.hardware()));
    }

    Progress reserved(Reservation reservation, String where) {
        return plugged(reservation.nics(), reservation.stale()).but(draft -> {
            draft.vmid = Optional.of(reservation.vmid());
            draft.node = Optional.of(where);
        });
    }

    /** @param stale interfaces that the guest has still */
    Progress plugged(List<Nic> nics, List<AttachedInterface> stale) {
        return but(draft -> {
            draft.addresses = nics.stream().flatMap(Nic::addresses).toList();
            draft.macs = nics.stream().map(Nic::mac).toList();
            draft.hardware = Optional.of(HardwareRecord.withInterfaces(
                    hardware.orElse(HardwareRecord.NOTHING),
                    Stream.concat(nics.stream().map(HardwareRecord::attached), stale.stream())
                            .toList()));
        });
    }

    /** Everything that hangs on the VMID is forgotten; the node and what is there already will do for another one. */
    Progress withoutVmid() {
        return but(draft -> {
            draft.vmid = Optional.empty();
            draft.task = Optional.empty();
            draft.created = false;
            draft.started = false;
            draft.booted = false;
            draft.image = Optional.empty();
            draft.hardware = hardware.map(
                    had -> new GuestHardware(List.of(), had.interfaces(), had.options(), had.tags(), null));
        });
    }

    /** Nothing has been made of it there. */
    Progress withoutNode() {
        return but(draft -> {
            draft.node = Optional.empty();
            draft.seed = Optional.empty();
            draft.seedHash = Optional.empty();
            draft.image = Optional.empty();
        });
    }

    Progress withTask(Optional<Upid> running) {
        return but(draft -> draft.task = running);
    }

    Progress withoutTask() {
        return withTask(Optional.empty());
    }

    Progress withSeed(Optional<String> volume) {
        return but(draft -> draft.seed = volume);
    }

    Progress withSeedHash(Optional<String> hash) {
        return but(draft -> draft.seedHash = hash);
    }

    Progress withAddresses(List<String> all) {
        return but(draft -> draft.addresses = all);
    }

    Progress withImage(String volume) {
        return but(draft -> draft.image = Optional.of(volume));
    }

    /** What is on the node's own storages may have stayed behind: it is looked for again. */
    Progress foundOn(String where) {
        return but(draft -> {
            if (created && node.filter(where::equals).isEmpty()) {
                draft.seedHash = Optional.empty();
            }
            draft.node = Optional.of(where);
            draft.created = true;
        });
    }

    Progress onceBooted() {
        return but(draft -> draft.booted = true);
    }

    /** The guest that is to be taken over, and what it has. */
    Progress adopting(Vmid guest, String where, Belongings has) {
        return but(draft -> {
            draft.vmid = Optional.of(guest);
            draft.node = Optional.of(where);
            draft.addresses = has.addresses();
            draft.macs = has.macs();
        });
    }

    Progress adoptedOn(String where) {
        return but(draft -> {
            draft.node = Optional.of(where);
            draft.created = true;
            draft.adopted = true;
        });
    }

    Progress onceStarted() {
        return but(draft -> draft.started = true);
    }

    /** What the guest has, or is about to be given. */
    Progress withHardware(GuestHardware given) {
        return but(draft -> draft.hardware = Optional.of(given));
    }

    /** @param subnets that addresses of what is gone were in; what a guest has got by itself in others stays */
    Progress unplugged(Step.Unplug unplug, List<Subnet> subnets) {
        var leased = unplug.nics().stream().flatMap(Nic::addresses).toList();
        var others = addresses.stream()
                .filter(address -> !leased.contains(address))
                .filter(address -> subnets.stream().noneMatch(subnet -> subnet.contains(address)));
        return but(draft -> {
            draft.addresses = Stream.concat(leased.stream(), others).toList();
            draft.macs = unplug.nics().stream().map(Nic::mac).toList();
            draft.hardware = Optional.of(unplug.left());
        });
    }

    Progress inPool(String pool) {
        return withHardware(HardwareRecord.inPool(hardware.orElse(HardwareRecord.NOTHING), pool));
    }

    /** @param value of the annotation that asked for it */
    Progress withRestarted(String value) {
        return but(draft -> draft.restarted = Optional.of(value));
    }

    /** @param node that the annotation asked for; empty: it asks for none */
    Progress withMigrated(Optional<String> node) {
        return but(draft -> draft.migrated = node);
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
                image.orElse(null),
                seedHash.orElse(null),
                booted ? Boolean.TRUE : null,
                adopted ? Boolean.TRUE : null,
                restarted.orElse(null),
                migrated.orElse(null),
                hardware.orElse(null));
    }

    private Progress but(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The next one while it is being made of the one before. */
    private static final class Draft {
        private Optional<Vmid> vmid;
        private Optional<String> node;
        private List<String> addresses;
        private List<String> macs;
        private Optional<Upid> task;
        private boolean created;
        private boolean started;
        private Optional<String> seed;
        private Optional<String> image;
        private Optional<String> seedHash;
        private boolean booted;
        private boolean adopted;
        private Optional<String> restarted;
        private Optional<String> migrated;
        private Optional<GuestHardware> hardware;

        private Draft(Progress before) {
            vmid = before.vmid;
            node = before.node;
            addresses = before.addresses;
            macs = before.macs;
            task = before.task;
            created = before.created;
            started = before.started;
            seed = before.seed;
            image = before.image;
            seedHash = before.seedHash;
            booted = before.booted;
            adopted = before.adopted;
            restarted = before.restarted;
            migrated = before.migrated;
            hardware = before.hardware;
        }

        private Progress done() {
            return new Progress(
                    vmid, node, addresses, macs, task, created, started, seed, image, seedHash, booted, adopted,
                    restarted, migrated, hardware);
        }
    }
}
