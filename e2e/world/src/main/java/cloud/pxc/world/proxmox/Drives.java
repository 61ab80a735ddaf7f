package cloud.pxc.world.proxmox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which settings of a guest are drives or mount points, and what they say. */
final class Drives {
    private static final Pattern DRIVE =
            Pattern.compile("(ide[0-3]|sata[0-5]|scsi([0-9]|[12]\\d|30)|virtio([0-9]|1[0-5])|efidisk0|tpmstate0)");
    private static final Pattern MOUNT_POINT = Pattern.compile("rootfs|mp\\d{1,3}");
    private static final Pattern UNUSED = Pattern.compile("unused\\d{1,3}");
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T");

    private Drives() {}

    static boolean isDrive(Guest.Kind kind, String key) {
        return (kind == Guest.Kind.QEMU ? DRIVE : MOUNT_POINT).matcher(key).matches();
    }

    static boolean isUnused(String key) {
        return UNUSED.matcher(key).matches();
    }

    /** The volume of a drive: what stands before the first comma. */
    static String volume(String drive) {
        return drive.split(",")[0].replaceFirst("^(file|volume)=", "");
    }

    static Optional<String> property(String drive, String name) {
        return Arrays.stream(drive.split(","))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> part.substring(name.length() + 1))
                .findFirst();
    }

    static boolean isCdrom(String drive) {
        return property(drive, "media").filter("cdrom"::equals).isPresent();
    }

    static boolean isCloudInit(String drive) {
        return volume(drive).matches(".*[:/](vm-\\d+-)?cloudinit(\\.(raw|qcow2))?");
    }

    static long sizeBytes(String drive) {
        return property(drive, "size").map(Drives::parseSize).orElse(0L);
    }

    static Optional<String> bootDisk(Guest guest) {
        var config = guest.config();
        if (guest.kind() == Guest.Kind.LXC) {
            return Optional.ofNullable(config.get("rootfs"));
        }
        var order = config.getOrDefault("boot", "").replaceFirst("^order=", "").split(";");
        return Arrays.stream(order)
                .map(config::get)
                .filter(drive -> drive != null && !drive.isEmpty())
                .filter(drive -> !isCdrom(drive) && drive.contains(":"))
                .findFirst()
                .or(() -> disks(config).stream().findFirst().map(config::get));
    }

    /** Keys of the hard disks of a VM, in order. */
    static List<String> disks(Map<String, String> config) {
        return config.keySet().stream()
                .filter(key -> DRIVE.matcher(key).matches() && !isCdrom(config.get(key)))
                .toList();
    }

    /** {@code 1G} in bytes. */
    static long parseSize(String text) {
        var unit = text.isEmpty() || Character.isDigit(text.charAt(text.length() - 1))
                ? ""
                : text.substring(text.length() - 1);
        var number = new BigDecimal(text.substring(0, text.length() - unit.length()));
        return number.multiply(BigDecimal.valueOf(1024).pow(UNITS.indexOf(unit)))
                .longValueExact();
    }

    /** Bytes in the largest unit that leaves no remainder; {@code format_size} of {@code PVE/JSONSchema.pm}. */
    static String printSize(long bytes) {
        var size = BigDecimal.valueOf(bytes);
        var unit = 0;
        while (unit < UNITS.size() - 1
                && size.signum() > 0
                && size.remainder(BigDecimal.valueOf(1024)).signum() == 0) {
            size = size.divide(BigDecimal.valueOf(1024), RoundingMode.UNNECESSARY);
            unit++;
        }
        // What is not a whole number of KiB is rounded up to one: x.iso of 3000000 bytes reads back as 2930K.
        return unit == 0 && bytes > 0
                ? size.divide(BigDecimal.valueOf(1024), RoundingMode.CEILING) + "K"
                : size + UNITS.get(unit);
    }
}
