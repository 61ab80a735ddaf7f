package cloud.pxc.operator.machine;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Sizes as people write them (4Gi), and as Proxmox wants them. */
final class Sizes {

    static final long MEBIBYTE = 1L << 20;
    /** Proxmox' own notation: 512M, 20G, 1.5T; octets without a unit. */
    private static final Pattern DRIVE_SIZE = Pattern.compile("size=([0-9]+(?:\\.[0-9]+)?)([KMGT]?)");

    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    private Sizes() {}

    static long bytes(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity)).longValueExact();
    }

    /** MiB, as in {@code memory}. */
    static String mebibytes(String quantity) {
        return Long.toString(bytes(quantity) / MEBIBYTE);
    }

    /** GiB without unit, as in {@code local-lvm:20}. */
    static String gibibytes(String quantity) {
        return BigDecimal.valueOf(bytes(quantity))
                .divide(GIBIBYTE, 3, RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The size in a drive's settings, for example {@code size=20G}; empty where none stands there. */
    static OptionalLong ofDrive(String drive) {
        for (var part : drive.split(",")) {
            var size = DRIVE_SIZE.matcher(part);
            if (size.matches()) {
                var unit = "KMGT".indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1);
                return OptionalLong.of(new BigDecimal(size.group(1))
                        .multiply(BigDecimal.valueOf(1L << (10 * unit)))
                        .longValue());
            }
        }
        return OptionalLong.empty();
    }
}
