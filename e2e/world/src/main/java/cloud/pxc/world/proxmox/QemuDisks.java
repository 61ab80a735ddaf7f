package cloud.pxc.world.proxmox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Drives of virtual machines: what is asked for ({@code local:1}) and what comes of it ({@code
 * local:100/vm-100-disk-0.raw,size=1G}).
 */
final class QemuDisks {
    private static final Pattern NEW_DISK = Pattern.compile("([^/:\\s]+):(\\d+(?:\\.\\d+)?)");
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    private final Storages storages;
    private final Access access;
    private final VolumeAccess volumeAccess;
    private final Verification verification;

    QemuDisks(Storages storages, Access access, Verification verification) {
        this.storages = storages;
        this.access = access;
        this.volumeAccess = new VolumeAccess(access);
        this.verification = verification;
    }

    /** What was made: the drives as they are stored, and the volumes to free if the rest fails. */
    record Made(Map<String, String> drives, List<Volume> volumes) {}

    /** The checks before anything is done: storages, content types, privileges ({@code check_storage_access}). */
    void check(Call call, int vmid, Map<String, String> drives) {
        drives.forEach((key, text) -> {
            var drive = parse(key, text);
            var file = drive.get("file");
            var node = call.text("node");
            if (file.startsWith("/")) {
                throw ApiException.parameter(key, "unable to associate path '" + file + "' to any storage");
            }
            if (file.equals("none") || file.equals("cdrom")) {
                return;
            }
            var storage = Storages.storageOf(file);
            if (NEW_DISK.matcher(file).matches() || file.endsWith(":cloudinit")) {
                access.require(call.caller(), "/storage/" + storage, "Datastore.AllocateSpace");
                if (!storages.enabled(storage, node).content().contains("images")) {
                    throw ApiException.parameter("storage", "storage '" + storage + "' does not support vm images");
                }
            } else {
                storages.enabled(storage, node);
                volumeAccess.check(call.caller(), file, OptionalInt.of(vmid));
            }
            if (drive.containsKey("import-from")) {
                checkSource(call, vmid, key, drive.get("import-from"));
            }
        });
    }

    private void checkSource(Call call, int vmid, String key, String source) {
        if (source.startsWith("/")) {
            throw ApiException.failure("Only root can pass arbitrary filesystem paths.");
        }
        storages.enabled(Storages.storageOf(source), call.text("node"));
        var type = VolumeAccess.contentOf(source);
        if (!type.equals("images") && !type.equals("import")) {
            throw ApiException.parameter(
                    key, source + " has wrong type '" + type + "' - needs to be 'images' or 'import'");
        }
        volumeAccess.check(call.caller(), source, OptionalInt.of(vmid));
    }

    /** Makes the volumes that are asked for, one after the other, as {@code create_disks} logs it. */
    Made make(String node, int vmid, Map<String, String> drives, Consumer<String> log) {
        var made = new Made(new TreeMap<>(), new ArrayList<>());
        try {
            new TreeMap<>(drives).forEach((key, text) -> one(node, vmid, key, parse(key, text), made, log));
            return made;
        } catch (RuntimeException e) {
            made.volumes().forEach(volume -> storages.free(volume.volid(), node));
            throw e;
        }
    }

    private void one(
            String node, int vmid, String key, TreeMap<String, String> drive, Made made, Consumer<String> log) {
        var file = drive.get("file");
        var format = drive.remove("format");
        var source = drive.remove("import-from");
        drive.remove("size");
        var fresh = NEW_DISK.matcher(file);
        if (file.endsWith(":cloudinit")) {
            var volume = storages.allocateCloudInit(storages.enabled(Storages.storageOf(file), node), node, vmid);
            made.volumes().add(volume);
            logAllocation(volume, log);
            drive.put("file", volume.volid());
            drive.put("media", "cdrom");
            log.accept(key + ": successfully created disk '" + print(drive) + "'");
        } else if (fresh.matches()) {
            var spec = storages.enabled(fresh.group(1), node);
            var volume = source == null
                    ? storages.allocate(
                            spec, node, vmid, "images", formatOn(spec, format, "raw"), size(key, spec, fresh.group(2)))
                    : importFrom(source, spec, node, vmid, format, log);
            made.volumes().add(volume);
            if (source == null) {
                logAllocation(volume, log);
            } else {
                logImport(volume, log);
            }
            drive.put("file", volume.volid());
            drive.put("size", Drives.printSize(volume.sizeBytes()));
            log.accept(key + ": successfully created disk '" + print(drive) + "'");
        } else if (file.contains(":")) {
            var volume = storages.find(file, node)
                    .orElseThrow(() -> ApiException.failure("volume '" + file + "' does not exist"));
            if (!Drives.isCloudInit(file)) {
                drive.put("size", Drives.printSize(volume.sizeBytes()));
            }
        }
        made.drives().put(key, print(drive));
    }

    private Volume importFrom(
            String source, StorageSpec spec, String node, int vmid, String format, Consumer<String> log) {
        var from =
                storages.find(source, node).orElseThrow(() -> ApiException.failure("could not get size of " + source));
        log.accept("create full clone of drive (" + source + ")");
        return storages.allocate(
                spec, node, vmid, "images", formatOn(spec, format, from.format()), DiskImage.virtualSize(from));
    }

    private void logImport(Volume volume, Consumer<String> log) {
        var size = Sizes.human(volume.sizeBytes());
        logAllocation(volume, log);
        log.accept("allocated target volume '" + volume.volid() + "'");
        log.accept("transferred 0.0 B of " + size + " (0.00%)");
        log.accept("transferred " + size + " of " + size + " (100.00%)");
    }

    void logAllocation(Volume volume, Consumer<String> log) {
        if (storages.spec(volume.storage()).kind() == StorageSpec.Kind.LVM_THIN) {
            log.accept("  Logical volume \"" + volume.name() + "\" created.");
        } else if (volume.format().equals("raw")) {
            log.accept("Formatting '" + storages.path(volume) + "', fmt=raw size=" + volume.sizeBytes()
                    + " preallocation=off");
        } else {
            log.accept("Formatting '" + storages.path(volume) + "', fmt=" + volume.format()
                    + " cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size="
                    + volume.sizeBytes() + " lazy_refcounts=off refcount_bits=16");
        }
    }

    TreeMap<String, String> parse(String key, String text) {
        try {
            var format = "drive-" + key.replaceFirst("\\d+$", "");
            return new TreeMap<>(verification.propertyString(
                    key.startsWith("efidisk") || key.startsWith("tpmstate") ? key.replaceFirst("\\d+$", "") : format,
                    text,
                    key));
        } catch (IllegalArgumentException e) {
            throw ApiException.parameter(key, "invalid format - " + e.getMessage());
        }
    }

    static String print(Map<String, String> drive) {
        return PropertyString.print("file", drive);
    }

    static String formatOn(StorageSpec spec, String asked, String otherwise) {
        if (spec.kind() == StorageSpec.Kind.LVM_THIN) {
            if (asked != null && !asked.equals("raw")) {
                throw ApiException.failure("unsupported format '" + asked + "'");
            }
            return "raw";
        }
        return asked != null ? asked : otherwise;
    }

    /** What was asked for; disks for firmware and TPM have a size of their own. */
    private static long size(String key, StorageSpec spec, String number) {
        if (key.startsWith("tpmstate")) {
            return 4L << 20;
        }
        if (key.startsWith("efidisk")) {
            return spec.kind() == StorageSpec.Kind.DIR ? 528L << 10 : 4L << 20;
        }
        return new BigDecimal(number).multiply(GIBIBYTE).longValue();
    }
}
