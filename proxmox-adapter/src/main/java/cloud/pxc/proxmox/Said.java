package cloud.pxc.proxmox;

import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;
import cloud.pxc.proxmox.ProxmoxException.Refused.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Proxmox VE means by its words. It answers nearly everything with status 500 and a sentence, and ends tasks with one, so
 * that the sentence is all there is to go by; this is the one place that reads them.
 */
sealed interface Said {

    record Missing(Thing thing) implements Said {}

    record Exists() implements Said {}

    record Held(Optional<String> lock) implements Said {}

    record Denied(Optional<String> path, List<String> privileges) implements Said {}

    record Outdated() implements Said {}

    record NoQuorum() implements Said {}

    record Offline() implements Said {}

    record Refusal(Reason reason) implements Said {}

    /** A sentence and its meaning. */
    record Form(Pattern pattern, Function<Matcher, Said> meaning) {

        static Form of(String regex, Said meaning) {
            return new Form(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), match -> meaning);
        }

        static Form of(String regex, Function<Matcher, Said> meaning) {
            return new Form(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), meaning);
        }

        Stream<Said> read(String text) {
            var match = pattern.matcher(text);
            return match.find() ? Stream.of(meaning.apply(match)) : Stream.empty();
        }
    }

    /** The first that fits counts. */
    List<Form> FORMS = List.of(
            Form.of("no quorum", new NoQuorum()),
            Form.of(
                    "permission check failed(?: \\((?<path>/[^,\\s]*), (?<privileges>[^)]+)\\))?",
                    match -> new Denied(Optional.ofNullable(match.group("path")), privileges(match))),
            Form.of(
                    "(?:VM|CT|container)(?: \\d+)? is locked \\((?<lock>[^)]+)\\)",
                    match -> new Held(Optional.of(match.group("lock")))),
            Form.of(
                    "can't lock file|can't aquire lock|can't acquire lock|got lock (?:request )?timeout|^got timeout$",
                    new Held(Optional.empty())),
            Form.of("checksum mismatch \\(file change|detected modified configuration", new Outdated()),
            Form.of("checksum mismatch", new Refusal(Reason.CHECKSUM_MISMATCH)),
            Form.of(
                    "already exists|already defined|refusing to override existing file|snapshot name '[^']*' already used",
                    new Exists()),
            Form.of(
                    "configuration file '[^']*/(?:qemu-server|lxc)/\\d+\\.conf' does not exist"
                            + "|unable to find configuration file for (?:VM|CT)|no such (?:VM|CT)\\b",
                    new Missing(Thing.GUEST)),
            Form.of("no such cluster node|hostname lookup '[^']*' failed", new Missing(Thing.NODE)),
            Form.of("storage '[^']*' does not exist|no such storage", new Missing(Thing.STORAGE)),
            Form.of(
                    "(?:volume|disk image) '[^']*' does not exist|no such volume|no such logical volume",
                    new Missing(Thing.VOLUME)),
            Form.of("snapshot '[^']*' does not exist", new Missing(Thing.SNAPSHOT)),
            Form.of("pool '[^']*' does not exist", new Missing(Thing.POOL)),
            Form.of("is already a pool member|is not a pool member", new Refusal(Reason.POOL_MEMBERSHIP)),
            Form.of("no such resource|not HA managed", new Missing(Thing.HA_RESOURCE)),
            Form.of("no such task", new Missing(Thing.TASK)),
            Form.of("already running", new Refusal(Reason.ALREADY_RUNNING)),
            Form.of("guest agent", new Refusal(Reason.NO_AGENT)),
            Form.of("guest-[a-z-]+' failed|guest-ping", new Refusal(Reason.NO_AGENT)),
            Form.of("quit/powerdown failed|shutdown.*(?:timeout|timed out)", new Refusal(Reason.SHUTDOWN_TIMED_OUT)),
            Form.of("(?:VM|CT) \\d+ (?:is )?not running", new Refusal(Reason.NOT_RUNNING)),
            Form.of("(?:VM|CT|container)(?: \\d+)? is running", new Refusal(Reason.STILL_RUNNING)),
            Form.of("still in use by", new Refusal(Reason.STILL_IN_USE)),
            Form.of(
                    "snapshot feature is not available|does not support (?:internal )?snapshots",
                    new Refusal(Reason.NO_SNAPSHOTS)),
            Form.of("is not most recent snapshot", new Refusal(Reason.NOT_LATEST_SNAPSHOT)),
            Form.of("no space left|not enough (?:free )?space|out of space", new Refusal(Reason.NO_SPACE)),
            Form.of("interrupted by signal|received interrupt|unexpected status", new Refusal(Reason.INTERRUPTED)),
            Form.of("storage '[^']*' is not (?:online|available)", new Offline()));

    /** @param text one message, or how a task ended */
    static Said of(String text) {
        return FORMS.stream().flatMap(form -> form.read(text)).findFirst().orElse(new Refusal(Reason.OTHER));
    }

    private static List<String> privileges(Matcher match) {
        return Optional.ofNullable(match.group("privileges"))
                .map(text -> List.of(text.split("[|,]\\s*")))
                .orElse(List.of());
    }
}
