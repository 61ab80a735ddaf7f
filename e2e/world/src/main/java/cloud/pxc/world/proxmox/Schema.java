package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each call takes: read from {@code schema/*.yaml}, which say it in the words of the real API's own schema.
 *
 * @param calls by {@code METHOD /path/{parameter}}
 * @param formats keys of each property string, by the name of its format
 */
record Schema(Map<String, CallSchema> calls, Map<String, Map<String, Property>> formats) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final List<String> CALLS = List.of("cluster", "storage", "qemu", "lxc");

    /** One parameter, or one key of a property string; {@code [n]} at the end of its name stands for any number. */
    record Property(
            String type,
            boolean optional,
            String format,
            String pattern,
            BigDecimal minimum,
            BigDecimal maximum,
            Integer minLength,
            Integer maxLength,
            @JsonProperty("enum") List<String> values,
            String requires,
            @JsonProperty("default_key") boolean defaultKey,
            String alias,
            String keyAlias) {
        Property {
            type = type == null ? "string" : type;
        }
    }

    /** @param allow the check of permissions in the form of the real schema; absent: any user */
    record CallSchema(Optional<JsonNode> allow, Map<String, Property> parameters) {}

    private record CallFile(Map<String, CallText> calls) {}

    private record CallText(JsonNode allow, String use, Map<String, Property> parameters) {}

    private record GroupFile(Map<String, Map<String, Property>> groups) {}

    private record FormatFile(Map<String, Map<String, Property>> formats) {}

    static Schema load() {
        var groups = read("groups.yaml", GroupFile.class).groups();
        var formats = new LinkedHashMap<>(read("formats.yaml", FormatFile.class).formats());
        formats.putAll(read("formats-drive.yaml", FormatFile.class).formats());
        var calls = new LinkedHashMap<String, CallSchema>();
        for (var file : CALLS) {
            read("calls-" + file + ".yaml", CallFile.class).calls().forEach((call, text) -> {
                var parameters = new LinkedHashMap<String, Property>();
                if (text.use() != null) {
                    parameters.putAll(groups.get(text.use()));
                }
                if (text.parameters() != null) {
                    parameters.putAll(text.parameters());
                }
                calls.put(call, new CallSchema(Optional.ofNullable(text.allow()), parameters));
            });
        }
        return new Schema(calls, formats);
    }

    CallSchema call(String name) {
        var call = calls.get(name);
        if (call == null) {
            throw new IllegalStateException("No schema/*.yaml says what " + name + " takes; add it there");
        }
        return call;
    }

    /** The property a key stands for: {@code scsi3} is {@code scsi[n]}. */
    static Optional<Property> find(Map<String, Property> properties, String key) {
        var exact = properties.get(key);
        if (exact != null || key.isEmpty() || !Character.isDigit(key.charAt(key.length() - 1))) {
            return Optional.ofNullable(exact);
        }
        return Optional.ofNullable(properties.get(key.replaceFirst("\\d+$", "[n]")));
    }

    private static <T> T read(String file, Class<T> type) {
        try (var in = Schema.class.getResourceAsStream("schema/" + file)) {
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new IllegalStateException("schema/" + file + " of the simulated Proxmox VE can't be read", e);
        }
    }
}
