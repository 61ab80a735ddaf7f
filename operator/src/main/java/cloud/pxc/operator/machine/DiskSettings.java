package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.machine.MachineType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Proxmox is told of disks. */
final class DiskSettings {

    /** Where a container has its first disk when nobody said how large. */
    private static final String CONTAINER_ROOT = "4Gi";

    private DiskSettings() {}

    /**
     * The disks of a guest that is to be made.
     *
     * @param image volume that a virtual machine's first disk is imported from
     */
    static Map<String, String> made(MachineSpec spec, ProxmoxClusterSpec cluster, String image) {
        var settings = new TreeMap<String, String>();
        var boot = DiskMatch.boot(spec);
        settings.put(
                device(spec.type(), 0),
                switch (spec.type()) {
                    case vm -> {
                        var drive = storage(boot, cluster) + ":0,import-from=" + image;
                        yield boot.map(disk -> drive + ",serial=" + disk.name() + options(disk))
                                .orElse(drive);
                    }
                    case container ->
                        storage(boot, cluster) + ":"
                                + Sizes.gibibytes(boot.map(Disk::size).orElse(CONTAINER_ROOT))
                                + boot.map(DiskSettings::options).orElse("");
                });
        var others = new ArrayList<>(spec.disks());
        boot.ifPresent(others::remove);
        for (var disk : others) {
            settings.put(device(spec.type(), settings.size()), fresh(spec.type(), disk, cluster));
        }
        return settings;
    }

    /** A disk beside the first, which is made empty. */
    static String fresh(MachineType type, Disk disk, ProxmoxClusterSpec cluster) {
        var volume = storage(Optional.of(disk), cluster) + ":" + Sizes.gibibytes(disk.size());
        return switch (type) {
            case vm -> volume + ",serial=" + disk.name() + options(disk);
            case container -> volume + ",mp=" + DiskMatch.mountPath(disk) + options(disk);
        };
    }

    /**
     * A disk as its spec has it now, with its volume and with what others have set.
     *
     * @param set names of options that are unset where the spec doesn't have them any more
     */
    static PropertyString changed(Disk disk, Drive drive, List<String> set) {
        var settings = drive.settings();
        for (var option : set) {
            if (!disk.options().containsKey(option)) {
                settings = settings.without(option);
            }
        }
        for (var option : new TreeMap<>(disk.options()).entrySet()) {
            var same = settings.get(option.getKey())
                    .filter(value -> Wording.same(option.getKey(), option.getValue(), value));
            if (same.isEmpty()) {
                settings = settings.with(option.getKey(), option.getValue());
            }
        }
        // Its first disk is mounted at /, and says nothing of it.
        return drive.mountPath().isPresent() && disk.mountPath() != null
                ? settings.with("mp", disk.mountPath())
                : settings;
    }

    /** The n-th that is made, counted from 0. */
    static String device(MachineType type, int number) {
        return switch (type) {
            case vm -> "scsi" + number;
            case container -> number == 0 ? "rootfs" : "mp" + (number - 1);
        };
    }

    private static String options(Disk disk) {
        var text = new StringBuilder();
        new TreeMap<>(disk.options())
                .forEach((option, value) ->
                        text.append(',').append(option).append('=').append(value));
        return text.toString();
    }

    private static String storage(Optional<Disk> disk, ProxmoxClusterSpec cluster) {
        return disk.map(Disk::storage).orElse(cluster.storage().machines());
    }
}
