package cloud.pxc.world.proxmox;

import cloud.pxc.world.proxmox.Schema.Property;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Holds parameters against their schema, with the messages of {@code PVE/JSONSchema.pm} (check_object, check_prop,
 * check_type).
 */
final class Verification {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Map<String, Map<String, Property>> formats;

    Verification(Schema schema) {
        this.formats = schema.formats();
    }

    /** @throws ApiException 400 with a message for each parameter that is missing, unknown or wrong */
    void verify(Map<String, Property> properties, Map<String, Object> values) {
        var errors = new TreeMap<String, String>();
        check("", properties, values, errors);
        if (!errors.isEmpty()) {
            throw ApiException.parameters(errors);
        }
    }

    /**
     * The keys and values of a property string, its default key filled in and aliases resolved.
     *
     * @param path name of the parameter, for messages
     * @throws IllegalArgumentException with the message of {@code parse_property_string}
     */
    Map<String, String> propertyString(String format, String text, String path) {
        var keys = formats.get(format);
        var values = PropertyString.parse(keys, text);
        var errors = new TreeMap<String, String>();
        check(path, keys, new LinkedHashMap<>(values), errors);
        if (!errors.isEmpty()) {
            var message = new StringBuilder("format error\n");
            errors.forEach((key, error) ->
                    message.append(key).append(": ").append(error).append('\n'));
            throw new IllegalArgumentException(message.toString());
        }
        return values;
    }

    private void check(
            String path, Map<String, Property> properties, Map<String, Object> values, Map<String, String> errors) {
        properties.forEach((name, property) -> {
            if (!name.endsWith("[n]")
                    && !property.optional()
                    && property.alias() == null
                    && !values.containsKey(name)) {
                errors.put(join(path, name), "property is missing and it is not optional");
            }
        });
        values.forEach((name, value) -> {
            var at = join(path, name);
            Schema.find(properties, name)
                    .ifPresentOrElse(
                            property -> {
                                value(at, property, value, errors);
                                if (property.requires() != null && !values.containsKey(property.requires())) {
                                    errors.put(
                                            join(path, property.requires()),
                                            "missing property required by '" + at + "'");
                                }
                            },
                            () -> errors.put(
                                    at,
                                    "property is not defined in schema and the schema does not allow additional"
                                            + " properties"));
        });
    }

    private void value(String at, Property property, Object value, Map<String, String> errors) {
        if (value instanceof List<?>) {
            errors.put(at, "type check ('" + property.type() + "') failed - got ARRAY");
            return;
        }
        var text = (String) value;
        var typeFits =
                switch (property.type()) {
                    case "boolean" -> text.equals("0") || text.equals("1");
                    case "integer" -> INTEGER.matcher(text).matches();
                    case "number" -> NUMBER.matcher(text).matches();
                    default -> true;
                };
        if (!typeFits) {
            errors.put(at, "type check ('" + property.type() + "') failed - got '" + text + "'");
            return;
        }
        var complaint = complaint(at, property, text);
        if (complaint != null) {
            errors.put(at, complaint);
        }
    }

    private String complaint(String at, Property property, String text) {
        if (property.format() != null) {
            try {
                format(property.format(), text, at);
            } catch (IllegalArgumentException e) {
                return "invalid format - " + e.getMessage();
            }
        }
        if (property.pattern() != null
                && !Pattern.compile(property.pattern()).matcher(text).matches()) {
            return "value does not match the regex pattern";
        }
        if (property.maxLength() != null && text.length() > property.maxLength()) {
            return "value may only be " + property.maxLength() + " characters long";
        }
        if (property.minLength() != null && text.length() < property.minLength()) {
            return "value must be at least " + property.minLength() + " characters long";
        }
        if (NUMBER.matcher(text).matches()) {
            var number = new BigDecimal(text);
            if (property.maximum() != null && number.compareTo(property.maximum()) > 0) {
                return "value must have a maximum value of "
                        + property.maximum().toPlainString();
            }
            if (property.minimum() != null && number.compareTo(property.minimum()) < 0) {
                return "value must have a minimum value of "
                        + property.minimum().toPlainString();
            }
        }
        if (property.values() != null && !property.values().contains(text)) {
            return "value '" + text + "' does not have a value in the enumeration '"
                    + String.join(", ", property.values()) + "'";
        }
        return null;
    }

    private void format(String format, String text, String path) {
        if (formats.containsKey(format)) {
            propertyString(format, text, path);
        } else {
            Formats.check(format, text);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
