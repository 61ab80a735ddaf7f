package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters out of a query string or a body, split exactly as pve-http-server does it
 * ({@code AnyEvent.pm}, decode_urlencoded): on {@code &} and {@code ;}, and then on every {@code =}.
 *
 * <p>A value is a String, or a List of Strings where a key was repeated.
 */
final class RequestDecoding {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORM_LIMIT = 512 * 1024;

    private RequestDecoding() {}

    static Map<String, Object> query(String encoded) {
        var parameters = new LinkedHashMap<String, Object>();
        if (encoded.isEmpty()) {
            return parameters;
        }
        for (var pair : encoded.split("[&;]")) {
            if (pair.isEmpty()) {
                continue;
            }
            // Perl's `my ($k, $v) = split(/=/, $kv)`: what follows a second '=' is lost.
            var parts = pair.split("=");
            var key = parts.length > 0 ? decode(parts[0]) : "";
            var value = parts.length > 1 ? decode(parts[1]) : "";
            parameters.merge(key, value, RequestDecoding::asList);
        }
        return parameters;
    }

    /** The parameters in the body of a POST or PUT that is no upload. */
    static Map<String, Object> body(RawRequest request) {
        // A body whose length is not announced (chunked) is never read.
        if (!request.hasBody() || request.header("content-length").isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (request.body().length > FORM_LIMIT) {
            throw ApiException.of(501, "for data too large");
        }
        var type = request.contentType().split(";")[0].strip().toLowerCase(Locale.ROOT);
        var text = new String(request.body(), StandardCharsets.UTF_8);
        return switch (type) {
            case "", "application/x-www-form-urlencoded" -> query(text.strip());
            case "application/json" -> json(text);
            default ->
                throw new UnsupportedBody("upload 'Content-Type '" + request.contentType() + "' not implemented");
        };
    }

    /** A body of a type that the API does not read; answered in plain text. */
    static final class UnsupportedBody extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsupportedBody(String message) {
            super(message);
        }
    }

    /** A body that is not JSON though it says so; answered 500 in plain text. */
    static final class MalformedJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedJson(String message) {
            super(message);
        }
    }

    private static Map<String, Object> json(String text) {
        try {
            var parameters = new LinkedHashMap<String, Object>();
            for (var field : JSON.readTree(text).properties()) {
                if (!field.getValue().isNull()) {
                    parameters.put(field.getKey(), plain(field.getValue()));
                }
            }
            return parameters;
        } catch (JsonProcessingException e) {
            var offset =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset() - 1);
            throw new MalformedJson("'\"' expected, at character offset " + offset + " (before \""
                    + text.substring((int) Math.min(text.length(), offset))
                            .lines()
                            .findFirst()
                            .orElse("")
                    + "\") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.");
        }
    }

    private static Object plain(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "1" : "0";
        }
        if (value.isArray()) {
            var list = new ArrayList<String>();
            value.forEach(element -> list.add(String.valueOf(plain(element))));
            return List.copyOf(list);
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Object asList(Object before, Object added) {
        var list = new ArrayList<String>();
        if (before instanceof List<?> many) {
            many.forEach(one -> list.add((String) one));
        } else {
            list.add((String) before);
        }
        list.add((String) added);
        return list;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // uri_unescape leaves what is no escape as it is
        }
    }

    /** A path: percent escapes only, a plus is a plus. */
    static String decodePath(String text) {
        return decode(text.replace("+", "%2B"));
    }
}
