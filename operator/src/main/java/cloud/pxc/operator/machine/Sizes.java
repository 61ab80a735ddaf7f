package cloud.pxc.operator.machine;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sizes as people write them (4Gi), and as Proxmox wants them. */
final class Sizes {

    static final long MEBIBYTE = 1L << 20;
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

    /** The size in a drive's settings, for example {@code size=20G}; 0 where none stands there. */
    static long ofDrive(String drive) {
        for (var part : drive.split(",")) {
            if (part.startsWith("size=")) {
                return inBytes(part.substring("size=".length()));
            }
        }
        return 0;
    }

    /** Proxmox' own notation: 512M, 20G, 1.5T; octets without a unit. */
    private static long inBytes(String size) {
        var unit = "KMGT".indexOf(size.charAt(size.length() - 1));
        var number = new BigDecimal(unit < 0 ? size : size.substring(0, size.length() - 1));
        return number.multiply(BigDecimal.valueOf(1L << (10 * (unit + 1)))).longValue();
    }
}
