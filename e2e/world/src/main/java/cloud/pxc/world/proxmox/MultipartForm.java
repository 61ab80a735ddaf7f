package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An uploaded form, taken apart as pve-http-server does it ({@code AnyEvent.pm}, file_upload_multipart): {@code
 * content},
 * {@code checksum-algorithm} and {@code checksum} in this order, then the file; what comes later is lost.
 */
record MultipartForm(Map<String, Object> fields, Optional<Path> file) {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)[;,]\\s*boundary\\s*=\\s*\"?([^\\s\";,]+)\"?");
    private static final String NEWLINE = "\\r?\\n";
    private static final int HEAD = 64 * 1024;

    /** Reads the spooled body and leaves only the file in it. */
    static MultipartForm read(RawRequest request) {
        var spooled = request.spooled().orElseThrow();
        var boundary = BOUNDARY.matcher(request.contentType());
        if (!boundary.find()) {
            throw ApiException.failure("upload 'Content-Type '" + request.contentType() + "' not implemented");
        }
        if (request.header("content-length").isEmpty()) {
            // Without a length the body is never looked at.
            return new MultipartForm(Map.of(), Optional.empty());
        }
        try {
            return split(spooled, boundary.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("The spooled upload " + spooled + " could not be read", e);
        }
    }

    private static MultipartForm split(Path spooled, String boundary) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        var delimiter = "--" + Pattern.quote(boundary) + NEWLINE;
        var head = head(spooled);
        var length = head.length();
        var start = Pattern.compile(delimiter).matcher(head);
        if (!start.find()) {
            throw ApiException.failure("upload failed");
        }
        var rest = head.substring(start.start());
        for (var name : new String[] {"content", "checksum-algorithm", "checksum"}) {
            var field = Pattern.compile(
                            "\\A" + delimiter + ".*?Content-Disposition: (.*?); name=\"" + name + "\"(.*?" + delimiter
                                    + ")",
                            Pattern.DOTALL)
                    .matcher(rest);
            if (field.find()) {
                var after = afterHeaders(rest.substring(field.start(2)));
                var end = Pattern.compile(delimiter).matcher(after);
                if (!end.find()) {
                    throw ApiException.failure("upload failed");
                }
                fields.put(name, after.substring(0, end.start()).strip());
                rest = after.substring(end.start());
            }
        }
        var file = Pattern.compile(
                        "\\A" + delimiter + "Content-Disposition: (.*?); name=\"(.*?)\"; filename=\"([^\"]+)\"",
                        Pattern.DOTALL)
                .matcher(rest);
        if (!file.find()) {
            throw ApiException.failure("upload failed");
        }
        if (!file.group(2).equals("filename")) {
            throw ApiException.failure("wrong field name '" + file.group(2) + "' for file upload, expected 'filename'");
        }
        fields.put("filename", file.group(3).strip());
        var data = afterHeaders(rest.substring(file.end()));
        keepOnly(spooled, length - data.length(), boundary);
        return new MultipartForm(fields, Optional.of(spooled));
    }

    private static String head(Path spooled) throws IOException {
        try (var in = Files.newInputStream(spooled)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
    }

    private static String afterHeaders(String text) {
        var blank = Pattern.compile(NEWLINE + NEWLINE).matcher(text);
        return blank.find() ? text.substring(blank.end()) : text;
    }

    /** Cuts the file's bytes out: from where they start to the closing delimiter. */
    private static void keepOnly(Path spooled, long from, String boundary) throws IOException {
        var close = ("--" + boundary + "--").getBytes(StandardCharsets.ISO_8859_1);
        try (var whole = new RandomAccessFile(spooled.toFile(), "r")) {
            var tail = (int) Math.min(whole.length() - from, close.length + 4096L);
            var bytes = new byte[tail];
            whole.seek(whole.length() - tail);
            whole.readFully(bytes);
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            var at = text.lastIndexOf("--" + boundary + "--");
            if (at < 0) {
                throw ApiException.failure("upload failed");
            }
            var trimmed = text.substring(0, at).replaceFirst("\\r?\\n\\z", "").length();
            var end = whole.length() - tail + trimmed;
            var part = Files.createTempFile(spooled.getParent(), "pveupload-", "");
            try (var out = Files.newByteChannel(part, StandardOpenOption.WRITE);
                    var in = whole.getChannel()) {
                for (var position = from; position < end; ) {
                    position += in.transferTo(position, end - position, out);
                }
            }
            Files.move(part, spooled, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
