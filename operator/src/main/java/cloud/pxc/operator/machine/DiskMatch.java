package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedDisk;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.proxmox.GuestConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which disk of the spec is which of the guest: by its name, wherever it stands in the spec. A virtual machine's disk carries its
 * name as its serial number, a container's is known by where it is mounted; the status knows both by their volumes.
 *
 * @param attached disks of the spec that are there
 * @param fresh disks of the spec that never were there
 * @param lost disks of the spec that were there
 * @param left disks that the spec doesn't have any more
 */
record DiskMatch(Map<Disk, Drive> attached, List<Disk> fresh, List<AttachedDisk> lost, Map<AttachedDisk, Drive> left) {

    /** The one it boots from: called root, or the first. */
    static Optional<Disk> boot(MachineSpec spec) {
        return spec.disks().stream()
                .filter(disk -> disk.name().equals("root"))
                .findFirst()
                .or(() -> spec.disks().stream().findFirst());
    }

    /** @param known as the status has them; empty where it was never written, so that they go by their places */
    static DiskMatch of(MachineSpec spec, GuestConfig config, Optional<List<AttachedDisk>> known) {
        return new Matching(spec, config, known.orElse(List.of()), known.isEmpty()).match();
    }

    private static final class Matching {
        private final MachineSpec spec;
        private final GuestConfig config;
        private final List<AttachedDisk> known;
        private final boolean byPlace;
        private final Set<Drive> free;
        private final Map<Disk, Drive> attached = new LinkedHashMap<>();

        private Matching(MachineSpec spec, GuestConfig config, List<AttachedDisk> known, boolean byPlace) {
            this.spec = spec;
            this.config = config;
            this.known = known;
            this.byPlace = byPlace;
            this.free = new LinkedHashSet<>(Drive.of(spec.type(), config));
        }

        private DiskMatch match() {
            spec.disks().forEach(disk -> take(drive -> isNamed(drive, disk.name()))
                    .or(() -> known(disk.name()).flatMap(this::remembered))
                    .or(() -> take(drive -> isMounted(drive, disk)))
                    .ifPresent(drive -> attached.put(disk, drive)));
            // Before the places are counted: what the spec has forgotten is still not another's.
            var left = new LinkedHashMap<AttachedDisk, Drive>();
            known.stream()
                    .filter(disk -> spec.disks().stream()
                            .noneMatch(wanted -> wanted.name().equals(disk.name())))
                    .forEach(disk -> take(drive -> isNamed(drive, disk.name()))
                            .or(() -> remembered(disk))
                            .ifPresent(drive -> left.put(disk, drive)));
            places();
            var fresh = new ArrayList<Disk>();
            var lost = new ArrayList<AttachedDisk>();
            spec.disks().stream().filter(disk -> !attached.containsKey(disk)).forEach(disk -> known(disk.name())
                    .ifPresentOrElse(lost::add, () -> fresh.add(disk)));
            return new DiskMatch(attached, fresh, lost, left);
        }

        /** Disks without a name of their own: the one it boots from, and of a guest that is met for the first time all others. */
        private void places() {
            boot(spec).filter(disk -> isNew(disk)).ifPresent(disk -> Drive.of(spec.type(), config).stream()
                    .findFirst()
                    .filter(drive -> isUnnamed(drive) && free.remove(drive))
                    .ifPresent(drive -> attached.put(disk, drive)));
            if (byPlace) {
                spec.disks().stream().filter(this::isNew).forEach(disk -> take(this::isUnnamed)
                        .ifPresent(drive -> attached.put(disk, drive)));
            }
        }

        private boolean isNew(Disk disk) {
            return !attached.containsKey(disk) && known(disk.name()).isEmpty();
        }

        /** By its volume; by its place where that volume is nowhere any more, so that it was moved to another storage. */
        private Optional<Drive> remembered(AttachedDisk disk) {
            var there = take(drive -> drive.volume().equals(disk.volume()));
            return there.isPresent() || isMentioned(disk.volume())
                    ? there
                    : take(drive -> drive.device().equals(disk.device()) && isUnnamed(drive));
        }

        private boolean isMentioned(String volume) {
            return config.settings().values().stream()
                    .anyMatch(text -> PropertyString.of(text).parts().containsValue(volume));
        }

        private Optional<AttachedDisk> known(String name) {
            return known.stream().filter(disk -> disk.name().equals(name)).findFirst();
        }

        private boolean isNamed(Drive drive, String name) {
            return drive.serial().filter(name::equals).isPresent();
        }

        /** What a person gave a serial number that is no disk's name is as good as without. */
        private boolean isUnnamed(Drive drive) {
            return drive.serial().isEmpty()
                    || spec.disks().stream()
                            .noneMatch(disk -> drive.serial().get().equals(disk.name()));
        }

        private boolean isMounted(Drive drive, Disk disk) {
            return spec.type() == MachineType.container
                    && drive.mountPath().filter(mountPath(disk)::equals).isPresent();
        }

        private Optional<Drive> take(Predicate<Drive> fits) {
            var drive = free.stream().filter(fits).findFirst();
            drive.ifPresent(free::remove);
            return drive;
        }
    }

    /** Where a container is to find it. */
    static String mountPath(Disk disk) {
        return disk.mountPath() == null ? "/mnt/" + disk.name() : disk.mountPath();
    }
}
