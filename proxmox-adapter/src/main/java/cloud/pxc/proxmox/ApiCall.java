package cloud.pxc.proxmox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is asked of the API, before it is bytes.
 *
 * @param template the path, {@code {}} standing for each of the segments
 * @param segments as they are, not encoded
 * @param file what is uploaded beside the parameters
 */
record ApiCall(
        Method method, String template, List<String> segments, Map<String, String> parameters, Optional<File> file) {

    enum Method {
        GET,
        POST,
        PUT,
        DELETE;

        /** Whether sending it twice is as good as once, whatever became of the first. */
        boolean changesNothing() {
            return this == GET;
        }
    }

    /** A file of an upload. */
    record File(String name, byte[] content) {}

    static ApiCall get(String template, Object... segments) {
        return of(Method.GET, template, segments);
    }

    static ApiCall post(String template, Object... segments) {
        return of(Method.POST, template, segments);
    }

    static ApiCall put(String template, Object... segments) {
        return of(Method.PUT, template, segments);
    }

    static ApiCall delete(String template, Object... segments) {
        return of(Method.DELETE, template, segments);
    }

    ApiCall with(String name, String value) {
        return with(Map.of(name, value));
    }

    ApiCall with(Map<String, String> more) {
        var all = new LinkedHashMap<>(parameters);
        all.putAll(more);
        return new ApiCall(method, template, segments, all, file);
    }

    ApiCall uploading(String name, byte[] content) {
        return new ApiCall(method, template, segments, parameters, Optional.of(new File(name, content)));
    }

    /** Which of all the calls there are, whatever it is about. */
    String kind() {
        return method + " " + template;
    }

    /** For the wire: {@code /nodes/pve1/tasks/UPID%3Apve1…}. */
    String encodedPath() {
        return fill(Encoding::percentEncode);
    }

    /** For people. */
    @Override
    public String toString() {
        return method + " " + fill(UnaryOperator.identity());
    }

    /** Whether it is for one node, so that another endpoint would only hand it on to the same one. */
    boolean isForOneNode() {
        return template.startsWith("/nodes/{}");
    }

    private static ApiCall of(Method method, String template, Object... segments) {
        return new ApiCall(
                method, template, Arrays.stream(segments).map(Object::toString).toList(), Map.of(), Optional.empty());
    }

    private String fill(UnaryOperator<String> form) {
        var path = new StringBuilder();
        var values = segments.iterator();
        for (var part : template.split("(?=/)")) {
            path.append(part.equals("/{}") ? "/" + form.apply(values.next()) : part);
        }
        return path.toString();
    }
}
