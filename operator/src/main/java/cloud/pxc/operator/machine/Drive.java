package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.proxmox.GuestConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A disk of a guest as Proxmox has it.
 *
 * @param device {@code scsi1}, {@code rootfs}, {@code mp0}
 */
record Drive(String device, PropertyString settings) {

    private static final Pattern OF_VM = Pattern.compile("(scsi|virtio|sata|ide)([0-9]+)");
    private static final Pattern OF_CONTAINER = Pattern.compile("(rootfs|mp)([0-9]*)");
    private static final List<String> ORDER = List.of("rootfs", "mp", "scsi", "virtio", "sata", "ide");

    /** Disks with a volume of their own, the one that it boots from first. */
    static List<Drive> of(MachineType type, GuestConfig config) {
        var boot = boot(config);
        return config.settings().entrySet().stream()
                .filter(entry -> pattern(type).matcher(entry.getKey()).matches())
                .map(entry -> new Drive(entry.getKey(), PropertyString.of(entry.getValue())))
                .filter(Drive::isDisk)
                .sorted(Comparator.comparing((Drive drive) -> !drive.device().equals(boot))
                        .thenComparing(drive -> ORDER.indexOf(drive.device().replaceFirst("[0-9]+$", "")))
                        .thenComparing(drive -> number(drive.device())))
                .toList();
    }

    String volume() {
        return settings.first("file", "volume").orElse("");
    }

    String storage() {
        var volume = volume();
        return volume.substring(0, Math.max(0, volume.indexOf(':')));
    }

    /** How the disk of a virtual machine is marked with its name: the guest finds it by that too, under /dev/disk/by-id. */
    Optional<String> serial() {
        return settings.get("serial");
    }

    /** Where a container has it. */
    Optional<String> mountPath() {
        return settings.get("mp");
    }

    /** Empty where Proxmox doesn't say. */
    OptionalLong size() {
        return Sizes.ofDrive(settings.text());
    }

    /** Neither a CD, nor cloud-init's, nor a folder of the node. */
    private boolean isDisk() {
        return volume().contains(":")
                && settings.get("media").filter("cdrom"::equals).isEmpty()
                && !volume().contains("cloudinit");
    }

    private static Pattern pattern(MachineType type) {
        return switch (type) {
            case vm -> OF_VM;
            case container -> OF_CONTAINER;
        };
    }

    private static int number(String device) {
        var digits = device.replaceFirst("^[a-z]+", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static String boot(GuestConfig config) {
        var order =
                PropertyString.of(config.get("boot").orElse("")).get("order").orElse("");
        for (var device : order.split(";")) {
            if (OF_VM.matcher(device).matches()
                    && config.get(device)
                            .filter(drive -> !drive.contains("media=cdrom"))
                            .isPresent()) {
                return device;
            }
        }
        return "";
    }
}
