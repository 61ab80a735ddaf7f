package cloud.pxc.world.proxmox;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Path templates such as {@code /vms/{vmid}}. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    private Template() {}

    /** Puts values in the places; one that is not given stays empty. */
    static String fill(String template, Function<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            var value = values.apply(place.group(1));
            return Matcher.quoteReplacement(value == null ? "" : value);
        });
    }

    /** A pattern with a named group for each place; {@code {volume}} takes the rest of the path, slashes included. */
    static Pattern pattern(String template) {
        return Pattern.compile(PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(
                        "(?<" + place.group(1) + ">" + (place.group(1).equals("volume") ? ".+" : "[^/]+") + ")")));
    }
}
