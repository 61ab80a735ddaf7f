package cloud.pxc.world.proxmox;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Mount points of containers: {@code local-lvm:8} becomes {@code local-lvm:vm-200-disk-0,size=8G}. */
final class LxcVolumes {
    private static final Pattern NEW_DISK = Pattern.compile("([^/:\\s]+):(\\d+(?:\\.\\d+)?)");
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    private final Storages storages;
    private final Access access;
    private final Verification verification;

    LxcVolumes(Platform platform) {
        this.storages = platform.storages();
        this.access = platform.access();
        this.verification = platform.verification();
    }

    void check(Call call, Map<String, String> mounts) {
        mounts.forEach((key, text) -> {
            var volume = parse(key, text).get("volume");
            if (volume.startsWith("/")) {
                throw ApiException.failure("Only root can pass arbitrary filesystem paths.");
            }
            checkStorage(call, Storages.storageOf(volume));
        });
    }

    void checkStorage(Call call, String storage) {
        if (!storages.enabled(storage, call.text("node")).content().contains("rootdir")) {
            throw ApiException.parameter("storage", "storage '" + storage + "' does not support container directories");
        }
        access.require(call.caller(), "/storage/" + storage, "Datastore.AllocateSpace");
    }

    /** Makes what is new; the result is how the settings are stored. */
    Map<String, String> make(
            String node, int vmid, Map<String, String> mounts, List<Volume> made, Consumer<String> log) {
        var stored = new LinkedHashMap<String, String>();
        new TreeMap<>(mounts).forEach((key, text) -> {
            var mount = parse(key, text);
            var fresh = NEW_DISK.matcher(mount.get("volume"));
            if (fresh.matches()) {
                var spec = storages.enabled(fresh.group(1), node);
                var size = new BigDecimal(fresh.group(2)).multiply(GIBIBYTE).longValue();
                var volume = storages.allocate(spec, node, vmid, "rootdir", "raw", size);
                made.add(volume);
                log.accept(
                        spec.kind() == StorageSpec.Kind.LVM_THIN
                                ? "  Logical volume \"" + volume.name() + "\" created."
                                : "Formatting '" + storages.path(volume) + "', fmt=raw size=" + size
                                        + " preallocation=off");
                log.accept("Creating filesystem with " + size / 4096 + " 4k blocks and " + size / 16384 + " inodes");
                mount.put("volume", volume.volid());
                mount.put("size", Drives.printSize(size));
            }
            stored.put(key, PropertyString.print("volume", mount));
        });
        return stored;
    }

    TreeMap<String, String> parse(String key, String text) {
        try {
            var format = key.equals("rootfs") ? "lxc-rootfs" : "lxc-mp";
            return new TreeMap<>(verification.propertyString(format, text, key));
        } catch (IllegalArgumentException e) {
            throw ApiException.parameter(key, "invalid format - " + e.getMessage());
        }
    }
}
