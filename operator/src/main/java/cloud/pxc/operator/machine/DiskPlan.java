package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.AttachedDisk;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.proxmox.Vmid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What is to be done about the disks of a guest. None is ever removed, and none that was there is made again.
 *
 * @param grow the next that is too small
 * @param set drives that are made, or get other options
 * @param intent what the status has to know before anything is set
 * @param reached what it is to know once nothing is left to be done
 * @param remarks what a person should know
 */
record DiskPlan(
        Optional<Growth> grow,
        Map<String, String> set,
        List<AttachedDisk> intent,
        List<AttachedDisk> reached,
        List<String> remarks) {

    /** @param bytes that the disk is to have */
    record Growth(String device, long bytes) {}

    static DiskPlan of(
            Machine machine, ProxmoxClusterSpec cluster, GuestSight.Ours ours, Optional<List<AttachedDisk>> known) {
        var spec = machine.getSpec();
        var match = DiskMatch.of(spec, ours.config(), known);
        var set = new TreeMap<String, String>();
        var intent = new ArrayList<AttachedDisk>();
        var reached = new ArrayList<AttachedDisk>();
        match.attached().forEach((disk, drive) -> {
            var given = given(known, disk.name());
            var changed = DiskSettings.changed(disk, drive, given).text();
            if (!changed.equals(drive.settings().text())) {
                set.put(drive.device(), changed);
            }
            var options = new TreeSet<>(disk.options().keySet());
            reached.add(attached(disk.name(), drive, options));
            options.addAll(given);
            intent.add(attached(disk.name(), drive, options));
        });
        match.left().forEach((disk, drive) -> {
            var kept = attached(disk.name(), drive, new TreeSet<>(disk.options()));
            intent.add(kept);
            reached.add(kept);
        });
        intent.addAll(match.lost());
        reached.addAll(match.lost());
        var taken = new TreeSet<>(ours.config().settings().keySet());
        taken.addAll(ours.pending());
        match.lost().forEach(disk -> taken.add(disk.device()));
        for (var disk : match.fresh()) {
            var device = free(spec, taken);
            taken.add(device);
            set.put(device, DiskSettings.fresh(spec.type(), disk, cluster));
        }
        return new DiskPlan(
                growth(match),
                set,
                intent,
                reached,
                remarks(machine, match, ours.id().vmid()));
    }

    private static List<String> given(Optional<List<AttachedDisk>> known, String name) {
        return known.orElse(List.of()).stream()
                .filter(disk -> disk.name().equals(name))
                .findFirst()
                .map(AttachedDisk::options)
                .orElse(List.of());
    }

    private static AttachedDisk attached(String name, Drive drive, Set<String> options) {
        return new AttachedDisk(name, drive.device(), drive.volume(), List.copyOf(options));
    }

    private static Optional<Growth> growth(DiskMatch match) {
        return match.attached().entrySet().stream()
                .filter(entry -> isSmaller(entry.getValue().size(), bytes(entry.getKey())))
                .map(entry -> new Growth(entry.getValue().device(), bytes(entry.getKey())))
                .findFirst();
    }

    private static boolean isSmaller(OptionalLong size, long wanted) {
        return size.isPresent() && size.getAsLong() < wanted;
    }

    private static long bytes(Disk disk) {
        return Sizes.bytes(disk.size());
    }

    /** The first is what it boots from, and is never made anew. */
    private static String free(MachineSpec spec, Set<String> taken) {
        return IntStream.rangeClosed(1, 30)
                .mapToObj(number -> DiskSettings.device(spec.type(), number))
                .filter(device -> !taken.contains(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the guest has 30 disks already, which is as many as there can be; detach some of them"));
    }

    private static List<String> remarks(Machine machine, DiskMatch match, Vmid vmid) {
        var tool = MachinePlanner.tool(machine);
        var remarks = new ArrayList<String>();
        match.lost()
                .forEach(
                        disk -> remarks.add("disk " + disk.name() + " (" + disk.volume() + ") is not attached any more,"
                                + " and is not made anew, for that would be empty: attach it again with `" + tool
                                + " set " + vmid
                                + " --" + disk.device() + " " + attachment(machine, disk)
                                + "`, or take it out of the spec, and add it once this has gone to have an empty one"));
        match.left()
                .forEach((disk, drive) -> remarks.add("disk " + disk.name() + " (" + drive.device()
                        + ") stays, with what is on it, although the spec doesn't have it any more: name it again, or"
                        + " detach it with `" + tool + " set " + vmid + " --delete " + drive.device() + "`"));
        match.attached().forEach((disk, drive) -> {
            if (disk.storage() != null && !disk.storage().equals(drive.storage())) {
                remarks.add("disk " + disk.name() + " is on storage " + drive.storage() + " and its spec says "
                        + disk.storage() + ": move it with `" + move(machine, vmid, drive, disk.storage()) + "`");
            }
        });
        return remarks;
    }

    private static String attachment(Machine machine, AttachedDisk disk) {
        return switch (machine.getSpec().type()) {
            case vm -> disk.volume() + ",serial=" + disk.name();
            case container ->
                disk.volume()
                        + machine.getSpec().disks().stream()
                                .filter(wanted -> wanted.name().equals(disk.name()))
                                .findFirst()
                                .map(wanted -> ",mp=" + DiskMatch.mountPath(wanted))
                                .orElse("");
        };
    }

    private static String move(Machine machine, Vmid vmid, Drive drive, String storage) {
        return switch (machine.getSpec().type()) {
            case vm -> "qm disk move " + vmid + " " + drive.device() + " " + storage + " --delete";
            case container -> "pct move-volume " + vmid + " " + drive.device() + " " + storage + " --delete";
        };
    }
}
