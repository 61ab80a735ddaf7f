package cloud.pxc.proxmox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Percent-encoding as pve-http-server takes it. It splits forms and queries on {@code ;} as well as on {@code &}, and on every
 * {@code =}, so that nothing but RFC 3986's unreserved characters is left as it is.
 */
final class Encoding {

    private Encoding() {}

    static String percentEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A {@code +} is a plus here, not a space. */
    static String percentDecode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@code a=1&b=2}: a form or a query. */
    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> percentEncode(parameter.getKey()) + "=" + percentEncode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}
