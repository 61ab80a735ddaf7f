package cloud.pxc.world.proxmox;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/** Tags as they are stored: lower case, each once, sorted, joined by semicolons ({@code get_unique_tags}). */
final class Tags {
    private Tags() {}

    static String normalised(String tags) {
        var unique = new TreeSet<String>();
        Arrays.stream(Formats.split(tags))
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .forEach(unique::add);
        return String.join(";", unique);
    }
}
