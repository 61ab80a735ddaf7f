package cloud.pxc.world.proxmox;

import cloud.pxc.world.proxmox.Schema.Property;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A configuration as the API shows it: numbers where the schema says so, passwords hidden, the digest beside. */
final class ConfigView {
    private static final String HIDDEN = "**********";

    private ConfigView() {}

    static Map<String, Object> of(Map<String, Property> properties, Map<String, String> config, String digest) {
        var shown = new LinkedHashMap<String, Object>();
        config.forEach((key, value) -> shown.put(key, show(properties, key, value)));
        shown.put("digest", digest);
        return shown;
    }

    static List<Map<String, Object>> pending(
            Map<String, Property> properties,
            Map<String, String> config,
            Map<String, Optional<String>> pending,
            String digest) {
        var keys = new TreeSet<>(config.keySet());
        keys.addAll(pending.keySet());
        var entries = new ArrayList<Map<String, Object>>();
        for (var key : keys) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("key", key);
            if (config.containsKey(key)) {
                entry.put("value", show(properties, key, config.get(key)));
            }
            if (pending.containsKey(key)) {
                pending.get(key)
                        .ifPresentOrElse(
                                value -> entry.put("pending", show(properties, key, value)),
                                () -> entry.put("delete", 1));
            }
            entries.add(entry);
        }
        entries.add(Map.of("key", "digest", "value", digest));
        return entries;
    }

    private static Object show(Map<String, Property> properties, String key, String value) {
        if (key.equals("cipassword")) {
            return HIDDEN;
        }
        var type = Schema.find(properties, key).map(Property::type).orElse("string");
        return switch (type) {
            case "integer", "boolean" -> Long.valueOf(value);
            case "number" -> new BigDecimal(value);
            default -> value;
        };
    }
}
