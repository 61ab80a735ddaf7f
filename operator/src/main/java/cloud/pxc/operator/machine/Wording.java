package cloud.pxc.operator.machine;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether two settings say the same: Proxmox gives many back in other words than it was given them in. */
final class Wording {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
    private static final Pattern HIDDEN = Pattern.compile("\\*+");
    /** What the first part of a setting is called where it goes without its name. */
    private static final Map<String, String> FIRST = Map.of(
            "agent", "enabled",
            "cpu", "cputype",
            "hostpci", "host",
            "machine", "type",
            "memory", "current",
            "rng", "source",
            "startup", "order",
            "usb", "host",
            "vga", "type",
            "watchdog", "model");
    /** Commas and equals signs are only that in these. */
    private static final Set<String> FREE_TEXT = Set.of("args", "description", "sshkeys");

    private Wording() {}

    static boolean same(String key, String wanted, String actual) {
        var one = wanted.strip();
        var other = actual.strip();
        if (plainlySame(one, other) || HIDDEN.matcher(other).matches()) {
            return true;
        }
        return !FREE_TEXT.contains(key) && same(parts(key, one), parts(key, other));
    }

    private static boolean same(Map<String, String> one, Map<String, String> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(part -> plainlySame(part.getValue(), other.get(part.getKey())));
    }

    private static Map<String, String> parts(String key, String text) {
        var first = FIRST.get(key.replaceFirst("[0-9]+$", ""));
        var parsed = PropertyString.of(text);
        return (first == null ? parsed : parsed.named(first)).parts();
    }

    private static boolean plainlySame(String one, String other) {
        if (NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()) {
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        }
        return truth(one).equals(truth(other));
    }

    /** Booleans have several words; Proxmox writes 1 and 0. */
    private static String truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> "1";
            case "off", "no", "false" -> "0";
            default -> text;
        };
    }
}
