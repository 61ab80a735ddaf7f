package cloud.pxc.operator.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A setting of several parts as Proxmox writes it: {@code local-lvm:vm-10000-disk-0,size=4G}. What stands there without a name
 * has the empty one.
 */
record PropertyString(Map<String, String> parts) {

    private static final String UNNAMED = "";

    PropertyString {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    static PropertyString of(String text) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : text.split(",")) {
            var equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            } else if (!part.isBlank()) {
                parts.put(UNNAMED, part.strip());
            }
        }
        return new PropertyString(parts);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /** What stands there without a name, or with one of these. */
    Optional<String> first(String... names) {
        var unnamed = get(UNNAMED);
        for (var name : names) {
            unnamed = unnamed.or(() -> get(name));
        }
        return unnamed;
    }

    PropertyString with(String name, String value) {
        var changed = new LinkedHashMap<>(parts);
        changed.put(name, value);
        return new PropertyString(changed);
    }

    PropertyString without(String name) {
        var changed = new LinkedHashMap<>(parts);
        changed.remove(name);
        return new PropertyString(changed);
    }

    /** With a name for what has none. */
    PropertyString named(String name) {
        return get(UNNAMED).map(value -> without(UNNAMED).with(name, value)).orElse(this);
    }

    String text() {
        return parts.entrySet().stream()
                .map(part -> part.getKey().equals(UNNAMED) ? part.getValue() : part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(","));
    }
}
