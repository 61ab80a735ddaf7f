package cloud.pxc.world.proxmox;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire, before anything is made of it.
 *
 * @param begunNanos when its first line came, by {@link System#nanoTime}
 * @param node the node whose endpoint was called
 * @param path still percent-encoded
 * @param query still encoded, empty when there is none
 * @param headers by lower-case name
 * @param body empty when the body was spooled
 * @param spooled the body of an upload, in a file that the receiver deletes
 */
record RawRequest(
        long begunNanos,
        String node,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        Optional<Path> spooled) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean hasBody() {
        return body.length > 0 || spooled.isPresent();
    }

    String contentType() {
        return header("content-type").orElse("");
    }

    boolean isMultipart() {
        return contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    @Override
    public String toString() {
        return method + " " + path + " at " + node;
    }
}
