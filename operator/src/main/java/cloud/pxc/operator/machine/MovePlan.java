package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides on the steps of a move. Pure.
 *
 * <p>The cloud-init ISO keeps a virtual machine where it is when its storage is not shared: it is taken out and removed first. That
 * it is not where it is thought to be any more is noted by forgetting what was in it, so that it is renewed on the node that the
 * machine has come to; likewise when it came there past the operator.
 */
final class MovePlan {

    private static final Map<GuestType, Pattern> VOLUMES = Map.of(
            GuestType.QEMU, Pattern.compile("(ide|sata|scsi|virtio)[0-9]+|efidisk0|tpmstate0"),
            GuestType.LXC, Pattern.compile("rootfs|mp[0-9]+"));

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
     * Volumes of snapshots that surely keep a guest on its node ({@code scan_local_volumes} of {@code QemuMigrate.pm}, {@code phase1}
     * of {@code LXC/Migrate.pm}): ISOs, what a virtual machine that runs has on anything but ZFS, which may be replicated, and what
     * no storage can send along. Of the rest Proxmox decides.
     *
     * @param snapshots settings that the guest had
     */
    static List<String> heldBySnapshots(
            GuestType type, RunState state, List<Map<String, String>> snapshots, ClusterView view) {
        return snapshots.stream()
                .flatMap(settings -> settings.entrySet().stream())
                .filter(entry -> VOLUMES.get(type).matcher(entry.getKey()).matches())
                .map(entry -> PropertyString.of(entry.getValue()))
                .filter(drive -> {
                    var volume = drive.first("file", "volume").orElse("");
                    var isIso = drive.get("media").filter("cdrom"::equals).isPresent();
                    return isLocal(volume, view)
                            && !volume.contains("cloudinit")
                            && (isIso || !mayGoAlong(volume, type, state, storageType(volume, view)));
                })
                .map(drive -> drive.first("file", "volume").orElseThrow())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean mayGoAlong(String volume, GuestType type, RunState state, String storage) {
        if (storage.equals("zfspool")) {
            return true;
        }
        return switch (type) {
            case LXC -> storage.equals("btrfs");
            case QEMU -> state == RunState.STOPPED && (storage.equals("btrfs") || volume.endsWith(".qcow2"));
        };
    }

    private static String storageType(String volume, ClusterView view) {
        return view.storages().stream()
                .filter(storage -> storage.storage().equals(volume.substring(0, volume.indexOf(':'))))
                .map(StorageResource::type)
                .findFirst()
                .orElse("");
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
