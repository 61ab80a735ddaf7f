package cloud.pxc.world.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What snapshots do to volumes: whether those can be snapshot, how large they were, where memory is kept. */
final class SnapshotVolumes {
    private static final long MEBIBYTE = 1L << 20;
    /** Of the state of devices ({@code __snapshot_save_vmstate}). */
    private static final long DEVICES = 500 * MEBIBYTE;

    private final Storages storages;
    private final ScaledTime time;

    SnapshotVolumes(Storages storages, ScaledTime time) {
        this.storages = storages;
        this.time = time;
    }

    /** Volumes of hard disks and mount points by key. */
    static Map<String, String> of(Guest.Kind kind, Map<String, String> config) {
        var volumes = new TreeMap<String, String>();
        config.forEach((key, value) -> {
            if (Drives.isDrive(kind, key) && !Drives.isCdrom(value)) {
                volumes.put(key, Drives.volume(value));
            }
        });
        return volumes;
    }

    /** {@code volume_has_feature}: thin volumes whatever they hold, files only as qcow2. */
    boolean canBeSnapshot(Guest guest) {
        return of(guest.kind(), guest.config()).values().stream()
                .flatMap(volid -> storages.find(volid, guest.node()).stream())
                .allMatch(volume -> storages.spec(volume.storage()).kind() == StorageSpec.Kind.LVM_THIN
                        || volume.format().equals("qcow2"));
    }

    void tellOfTaking(Guest guest, String name, Consumer<String> log) {
        of(guest.kind(), guest.config()).forEach((key, volid) -> {
            if (guest.kind() == Guest.Kind.QEMU) {
                log.accept("snapshotting 'drive-" + key + "' (" + volid + ")");
            }
            storages.find(volid, guest.node()).ifPresent(volume -> {
                if (storages.spec(volume.storage()).kind() == StorageSpec.Kind.LVM_THIN) {
                    log.accept("  Logical volume \"snap_" + volume.name() + "_" + name + "\" created.");
                } else if (guest.running()) {
                    log.accept("internal qemu snapshot");
                }
            });
        });
    }

    /** Makes the volume that the memory goes to: twice the memory, and room for the state of devices. */
    String allocateMemory(Guest guest, String name, Consumer<String> log) {
        var spec = memoryStorage(guest);
        var bytes = 2 * GuestStatus.memoryBytes(guest) + DEVICES;
        var volume = "vm-" + guest.vmid() + "-state-" + name;
        var volid = spec.kind() == StorageSpec.Kind.DIR
                ? spec.name() + ":" + guest.vmid() + "/" + volume + ".raw"
                : spec.name() + ":" + volume;
        var made = storages.put(
                new Volume(
                        volid,
                        "images",
                        "raw",
                        bytes,
                        OptionalInt.of(guest.vmid()),
                        Optional.empty(),
                        time.epochSecond(),
                        Optional.empty()),
                guest.node());
        log.accept(
                spec.kind() == StorageSpec.Kind.DIR
                        ? "Formatting '" + storages.path(made) + "', fmt=raw size=" + bytes + " preallocation=off"
                        : "  Logical volume \"" + volume + "\" created.");
        log.accept("saving VM state and RAM using storage '" + spec.name() + "'");
        log.accept("completed saving the VM state in 0s, saved 1.00 B");
        return volid;
    }

    /** {@code find_vmstate_storage}: said, else shared where it has a disk, else where it has one, files first. */
    private StorageSpec memoryStorage(Guest guest) {
        var said = guest.setting("vmstatestorage");
        if (said.isPresent()) {
            return storages.enabled(said.get(), guest.node());
        }
        var used = of(guest.kind(), guest.config()).values().stream()
                .map(volid -> storages.spec(Storages.storageOf(volid)))
                .toList();
        var best = used.stream()
                .filter(StorageSpec::shared)
                .findFirst()
                .or(() -> used.stream()
                        .filter(spec -> spec.kind() == StorageSpec.Kind.DIR)
                        .findFirst())
                .or(() -> used.stream().findFirst());
        return best.orElseGet(() -> storages.spec("local"));
    }

    void free(String volid, Guest guest) {
        storages.free(volid, guest.node());
    }

    /** Volumes are again as large as they were. */
    void restoreSizes(Guest guest, Snapshot snapshot) {
        of(guest.kind(), snapshot.config()).forEach((key, volid) -> {
            var size = Drives.sizeBytes(snapshot.config().get(key));
            storages.find(volid, guest.node())
                    .filter(volume -> size > 0)
                    .ifPresent(volume -> storages.put(volume.resized(size), guest.node()));
        });
    }
}
