package cloud.pxc.proxmox;

import cloud.pxc.proxmox.ClusterState.NodeState;
import cloud.pxc.proxmox.Outcome.Answered;
import cloud.pxc.proxmox.Snapshots.GuestSnapshots;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads answers. The API is not strict about types: numbers come as text and the other way round, flags as 0 and 1. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** Empty when it is no JSON object. */
    static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty(); // the caller says whose answer it was
        }
    }

    /** What an answer says in words: in its body, else in its reason phrase, which is all that 401 and 59x have. */
    static String message(Answered answer) {
        var words = json(answer.body())
                .map(body -> body.path("message").asText(""))
                .filter(text -> !text.isBlank())
                .orElse(answer.reason());
        return words.isBlank() ? "status " + answer.status() : oneLine(words);
    }

    /** What is wrong, by parameter. */
    static Map<String, String> errors(Answered answer) {
        var errors = new TreeMap<String, String>();
        json(answer.body()).ifPresent(body -> body.path("errors")
                .properties()
                .forEach(error ->
                        errors.put(error.getKey(), oneLine(error.getValue().asText()))));
        return errors;
    }

    static Version version(JsonNode data) {
        return new Version(data.path("version").asText(), data.path("release").asText());
    }

    static ClusterState clusterState(JsonNode data) {
        var nodes = elements(data)
                .filter(entry -> entry.path("type").asText().equals("node"))
                .map(entry -> new NodeState(entry.path("name").asText(), flag(entry, "online")))
                .toList();
        return elements(data)
                .filter(entry -> entry.path("type").asText().equals("cluster"))
                .findFirst()
                .map(cluster -> new ClusterState(cluster.path("name").asText(), flag(cluster, "quorate"), nodes))
                .orElseGet(() -> new ClusterState(
                        nodes.stream().findFirst().map(NodeState::name).orElse(""), true, nodes));
    }

    static Permissions permissions(JsonNode data) {
        var byPath = new LinkedHashMap<String, Map<String, Boolean>>();
        data.properties().forEach(path -> {
            var privileges = new LinkedHashMap<String, Boolean>();
            path.getValue()
                    .properties()
                    .forEach(privilege -> privileges.put(privilege.getKey(), truth(privilege.getValue())));
            byPath.put(path.getKey(), Map.copyOf(privileges));
        });
        return new Permissions(byPath);
    }

    static GuestConfig config(JsonNode data) {
        var settings = new TreeMap<String, String>();
        data.properties().forEach(setting -> settings.put(setting.getKey(), words(setting.getValue())));
        return new GuestConfig(settings, Optional.ofNullable(settings.remove("digest")));
    }

    static List<String> localResources(JsonNode data) {
        return StreamSupport.stream(data.path("local_resources").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Keys of the entries that tell of another value, or of none, beside the one that counts now. */
    static Set<String> pending(JsonNode data) {
        return elements(data)
                .filter(entry -> entry.has("pending") || entry.has("delete"))
                .map(entry -> entry.path("key").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static GuestState guestState(JsonNode data) {
        var state = RunState.of(data.path("status").asText());
        var paused = RunState.of(data.path("qmpstatus").asText()) == RunState.PAUSED;
        return new GuestState(
                state == RunState.RUNNING && paused ? RunState.PAUSED : state,
                text(data, "lock"),
                flag(data.path("ha"), "managed"));
    }

    /** The entry called {@code current} is the guest as it is, not a snapshot. */
    static GuestSnapshots snapshots(JsonNode data) {
        var all = elements(data)
                .filter(entry -> !entry.path("name").asText().equals("current"))
                .map(entry -> new Snapshot(
                        entry.path("name").asText(),
                        Instant.ofEpochSecond(entry.path("snaptime").asLong()),
                        flag(entry, "vmstate"),
                        text(entry, "parent"),
                        text(entry, "snapstate")))
                .toList();
        var current = elements(data)
                .filter(entry -> entry.path("name").asText().equals("current"))
                .findFirst();
        return new GuestSnapshots(all, current.flatMap(entry -> text(entry, "parent")));
    }

    /** Of an agent in {@code result}, of a container as it is; null while a container does not run. */
    static Optional<List<GuestInterface>> interfaces(JsonNode data) {
        if (data.isNull()) {
            return Optional.empty();
        }
        return Optional.of(elements(data.has("result") ? data.get("result") : data)
                .map(entry -> new GuestInterface(
                        entry.path("name").asText(),
                        text(entry, "hardware-address")
                                .or(() -> text(entry, "hwaddr"))
                                .orElse("")
                                .toLowerCase(Locale.ROOT),
                        addresses(entry)))
                .toList());
    }

    static List<Volume> volumes(JsonNode data) {
        return elements(data)
                .flatMap(entry -> ContentType.of(entry.path("content").asText())
                        .map(type -> new Volume(
                                entry.path("volid").asText(),
                                type,
                                entry.path("format").asText(),
                                entry.path("size").asLong(),
                                text(entry, "vmid")
                                        .map(Integer::valueOf)
                                        .filter(id -> id >= Vmid.SMALLEST)
                                        .map(Vmid::new)))
                        .stream())
                .toList();
    }

    static List<ContainerTemplate> templates(JsonNode data) {
        return elements(data)
                .map(entry -> new ContainerTemplate(
                        entry.path("template").asText(),
                        entry.path("package").asText(),
                        entry.path("version").asText(),
                        entry.path("os").asText(),
                        entry.path("section").asText()))
                .toList();
    }

    static Set<String> interfaceNames(JsonNode data) {
        return elements(data)
                .flatMap(entry -> text(entry, "iface").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static TaskState taskState(JsonNode data) {
        return new TaskState(data.path("status").asText().equals("running"), text(data, "exitstatus"));
    }

    static List<String> lines(JsonNode data) {
        return elements(data).map(line -> line.path("t").asText()).toList();
    }

    /** The list of active tasks keeps those that have just ended for a while; their {@code status} is how. */
    static List<Upid> runningTasks(JsonNode data) {
        return elements(data)
                .filter(entry -> text(entry, "status")
                        .filter(status -> !status.equals("RUNNING"))
                        .isEmpty())
                .flatMap(entry -> Upid.in(entry.path("upid").asText()).stream())
                .toList();
    }

    static List<Upid> tasks(JsonNode data) {
        return elements(data)
                .flatMap(entry -> Upid.in(entry.path("upid").asText()).stream())
                .toList();
    }

    static Optional<Upid> task(JsonNode data) {
        return data.isTextual() ? Upid.in(data.asText()) : Optional.empty();
    }

    /** Separated as Proxmox VE allows: by semicolon, comma or space. */
    static Set<String> tags(String text) {
        return Arrays.stream(text.split("[;,\\s]+"))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Optional<String> text(JsonNode entry, String field) {
        return Optional.of(entry.path(field))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .map(JsonNode::asText)
                .filter(value -> !value.isEmpty());
    }

    static boolean flag(JsonNode entry, String field) {
        return truth(entry.path(field));
    }

    private static boolean truth(JsonNode value) {
        return value.asBoolean() || value.asText().equals("1");
    }

    private static String words(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static List<String> addresses(JsonNode entry) {
        if (entry.path("ip-addresses").isArray()) {
            return elements(entry.get("ip-addresses"))
                    .map(address -> address.path("ip-address").asText() + "/"
                            + address.path("prefix").asText())
                    .toList();
        }
        return Stream.of("inet", "inet6")
                .flatMap(field -> text(entry, field).stream())
                .toList();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
