package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides on the steps of a move. Pure.
 *
 * <p>The cloud-init ISO keeps a virtual machine where it is when its storage is not shared: it is taken out and removed first. That
 * it is not where it is thought to be any more is noted by forgetting what was in it, so that it is renewed on the node that the
 * machine has come to; likewise when it came there past the operator.
 */
final class MovePlan {

    private static final Set<String> SENDS_SNAPSHOTS = Set.of("zfspool", "btrfs");

    private MovePlan() {}

    /** The node that the annotation asks for, until that has been followed. */
    static Optional<String> asked(Machine machine, Progress progress) {
        return Steering.value(machine, Steering.MIGRATE)
                .filter(node -> progress.migrated().filter(node::equals).isEmpty());
    }

    /** Empty where the move leaves the machine to its other steps. */
    static Optional<Step> next(Move move, Progress progress, Situation.Usable usable, GuestSight guest) {
        if (!(guest instanceof GuestSight.Ours ours)
                || ours.config().lock().isPresent()
                || !progress.created()
                || !progress.node().equals(Optional.of(ours.id().node()))) {
            return Optional.empty();
        }
        return switch (move) {
            case Move.Done(var asked) -> Optional.of(new Step.NoteMove(ours.id(), asked));
            case Move.To(var node) ->
                Optional.of(
                        holdsSeed(progress, usable.view(), ours.config())
                                ? new Step.Eject(ours.id())
                                : new Step.Migrate(ours.id(), node));
            case Move.None none -> Optional.empty();
            case Move.Queued queued -> Optional.empty();
            case Move.Refused refused -> Optional.empty();
        };
    }

    private static boolean holdsSeed(Progress progress, ClusterView view, GuestConfig config) {
        return progress.seed().filter(volume -> isLocal(volume, view)).isPresent()
                        && progress.seedHash().isPresent()
                || config.get(SeedPlan.DRIVE)
                        .filter(drive -> isOurs(drive) && isLocal(drive, view))
                        .isPresent();
    }

    private static boolean isOurs(String drive) {
        return drive.contains(":iso/" + MachineIdentity.TAG + "-");
    }

    /** ISOs beside the operator's own that keep the guest on its node, as {@code ide0 (local:iso/x.iso)}. */
    static List<String> foreignIsos(GuestConfig config, ClusterView view) {
        return config.settings().entrySet().stream()
                .filter(entry -> entry.getKey().matches("(ide|sata|scsi)[0-9]+"))
                .filter(entry -> entry.getValue().contains("media=cdrom"))
                .filter(entry -> isLocal(entry.getValue(), view) && !isOurs(entry.getValue()))
                .filter(entry -> !entry.getValue().contains("cloudinit"))
                .map((Map.Entry<String, String> entry) ->
                        entry.getKey() + " (" + entry.getValue().split(",")[0] + ")")
                .sorted()
                .toList();
    }

    /**
     * Volumes that stay on their node for as long as there is a snapshot with them: a virtual machine that runs leaves none of
     * its node behind, and only some storages can send snapshots along ({@code QemuMigrate.pm}, {@code LXC/Migrate.pm}). The
     * cloud-init ISO is among them, since it can't be taken out of a snapshot.
     */
    static List<String> heldBySnapshots(GuestSight.Ours guest, Progress progress, ClusterView view) {
        var isVm = guest.id().type() == GuestType.QEMU;
        var runs = isVm && guest.state() == RunState.RUNNING;
        var disks = Drive.of(isVm ? MachineType.vm : MachineType.container, guest.config()).stream()
                .map(Drive::volume)
                .filter(volume -> isLocal(volume, view) && (runs || !goesWithSnapshots(volume, isVm, view)));
        var seed = progress.seed().filter(volume -> isVm && isLocal(volume, view));
        return Stream.concat(disks, seed.stream()).toList();
    }

    private static boolean goesWithSnapshots(String volume, boolean isVm, ClusterView view) {
        return isVm && volume.endsWith(".qcow2")
                || view.storages().stream()
                        .filter(storage -> storage.storage().equals(volume.substring(0, volume.indexOf(':'))))
                        .anyMatch(storage -> SENDS_SNAPSHOTS.contains(storage.type()));
    }

    /** Whether a volume is on a storage that each node has its own of. */
    static boolean isLocal(String volume, ClusterView view) {
        var colon = volume.indexOf(':');
        return colon > 0
                && view.storages().stream()
                        .filter(storage -> storage.storage().equals(volume.substring(0, colon)))
                        .noneMatch(StorageResource::shared);
    }
}
