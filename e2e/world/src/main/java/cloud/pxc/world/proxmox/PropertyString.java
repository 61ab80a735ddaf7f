package cloud.pxc.world.proxmox;

import cloud.pxc.world.proxmox.Schema.Property;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Comma-separated settings such as {@code local:1,format=qcow2}, as {@code parse_property_string} of {@code
 * PVE/JSONSchema.pm} reads them.
 */
final class PropertyString {
    private PropertyString() {}

    /**
     * @throws IllegalArgumentException with the message, newline included, that the real parser dies with
     */
    static Map<String, String> parse(Map<String, Property> keys, String text) {
        var values = new LinkedHashMap<String, String>();
        String defaultKey = null;
        for (var part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            var equals = part.indexOf('=');
            if (equals > 0 && equals < part.length() - 1) {
                named(keys, values, part.substring(0, equals), part.substring(equals + 1));
            } else if (equals < 0) {
                if (defaultKey != null) {
                    throw new IllegalArgumentException(duplicate(defaultKey));
                }
                defaultKey = unnamed(keys, values, part);
            } else {
                throw new IllegalArgumentException("missing key in comma-separated list property\n");
            }
        }
        return values;
    }

    /** Writes {@code first} without its key, then the rest in the order of the map. */
    static String print(String first, Map<String, String> values) {
        var rest = values.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(first))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        var head = values.get(first);
        return head == null ? rest : rest.isEmpty() ? head : head + "," + rest;
    }

    private static void named(Map<String, Property> keys, Map<String, String> values, String key, String value) {
        if (values.containsKey(key)) {
            throw new IllegalArgumentException(duplicate(key));
        }
        var property = keys.get(key);
        var name = key;
        if (property != null && property.alias() != null) {
            if (property.keyAlias() != null && values.putIfAbsent(property.keyAlias(), key) != null) {
                throw new IllegalArgumentException("key alias '" + property.keyAlias() + "' is already defined\n");
            }
            name = property.alias();
            property = keys.get(name);
            if (values.containsKey(name)) {
                throw new IllegalArgumentException("key '" + name + "' is already defined (via alias)\n");
            }
        }
        if (property == null) {
            throw new IllegalArgumentException("invalid key in comma-separated list property: " + key + "\n");
        }
        values.put(name, property.type().equals("boolean") ? bool(value) : value);
    }

    private static String unnamed(Map<String, Property> keys, Map<String, String> values, String part) {
        for (var entry : keys.entrySet()) {
            if (entry.getValue().defaultKey()) {
                var key = entry.getKey();
                if (values.containsKey(key)) {
                    throw new IllegalArgumentException(duplicate(key));
                }
                values.put(key, entry.getValue().type().equals("boolean") ? bool(part) : part);
                return key;
            }
        }
        throw new IllegalArgumentException("value without key, but schema does not define a default key\n");
    }

    private static String duplicate(String key) {
        return "duplicate key in comma-separated list property: " + key + "\n";
    }

    /** {@code parse_boolean}: several spellings of yes and no; what is neither stays and fails its type check. */
    private static String bool(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "on", "yes", "true" -> "1";
            case "0", "off", "no", "false" -> "0";
            default -> value;
        };
    }
}
