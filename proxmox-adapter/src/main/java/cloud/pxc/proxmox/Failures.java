package cloud.pxc.proxmox;

import cloud.pxc.proxmox.Outcome.Answered;
import cloud.pxc.proxmox.Outcome.Lost;
import cloud.pxc.proxmox.Outcome.Unreached;
import cloud.pxc.proxmox.Outcome.Untrusted;
import cloud.pxc.proxmox.ProxmoxException.AlreadyExists;
import cloud.pxc.proxmox.ProxmoxException.Changed;
import cloud.pxc.proxmox.ProxmoxException.Forbidden;
import cloud.pxc.proxmox.ProxmoxException.InvalidRequest;
import cloud.pxc.proxmox.ProxmoxException.Locked;
import cloud.pxc.proxmox.ProxmoxException.NotFound;
import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;
import cloud.pxc.proxmox.ProxmoxException.NotImplemented;
import cloud.pxc.proxmox.ProxmoxException.Refused;
import cloud.pxc.proxmox.ProxmoxException.Refused.Reason;
import cloud.pxc.proxmox.ProxmoxException.Unauthenticated;
import cloud.pxc.proxmox.ProxmoxException.Unavailable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes of everything that goes wrong the kind of {@link ProxmoxException} it is, with its sentence. */
final class Failures {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_IMPLEMENTED = 501;
    /** pveproxy's own: no connection to the node or daemon that has to do it. */
    private static final int NOT_CONNECTED = 595;

    private final ApiToken token;

    Failures(ApiToken token) {
        this.token = token;
    }

    /** Whether an answer is about the node that gives it, so that another may do what was asked. */
    static boolean isThisNodesOwn(Answered answer) {
        return answer.status() == NOT_CONNECTED
                || answer.status() >= 500 && Said.of(Answers.message(answer)) instanceof Said.NoQuorum;
    }

    /** An answer other than 2xx. */
    ProxmoxException ofAnswer(ApiCall call, URI endpoint, Answered answer) {
        var said = Answers.message(answer);
        var asked = call + " at " + endpoint.getRawAuthority();
        var errors = Answers.errors(answer);
        return switch (answer.status()) {
            case UNAUTHORIZED ->
                new Unauthenticated(new Failure(
                        "Proxmox VE at " + endpoint.getRawAuthority() + " does not accept token " + token.id() + " ("
                                + said
                                + "); check its id and secret, and that it is neither removed nor expired: pveum user token list "
                                + token.user(),
                        said));
            case FORBIDDEN ->
                of(
                        asked,
                        said,
                        Said.of(said) instanceof Said.Denied denied
                                ? denied
                                : new Said.Denied(Optional.empty(), List.of()));
            case BAD_REQUEST -> invalid(asked, said, errors);
            case NOT_IMPLEMENTED ->
                said.contains("not implemented") || said.contains("not available")
                        ? new NotImplemented(new Failure(
                                asked + " is not implemented there (" + said
                                        + "); this version of Proxmox VE has no such call",
                                said))
                        : of(asked, said, new Said.Refusal(Reason.OTHER));
            case NOT_CONNECTED ->
                new Unavailable(
                        new Failure(asked + " did not reach the node or daemon that has to do it: " + said, said),
                        false);
            // 596 to 599 are AnyEvent's: something was sent, and then the connection or the time was over
            case 502, 503, 504, 596, 597, 598, 599 -> unavailable(call, asked, said);
            default -> of(asked, said, Said.of(said));
        };
    }

    /** How a task ended. */
    ProxmoxException ofTask(Upid upid, String exit, List<String> logTail) {
        var about = upid.guest().isEmpty() ? "" : " of " + upid.guest();
        var log = logTail.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("TASK ERROR") && !line.contains(exit))
                .collect(Collectors.joining(" | "));
        return of(
                "Task " + upid.type() + about + " on " + upid.node(),
                exit + (log.isEmpty() ? "" : " (its log ends with: " + log + ")"),
                exit,
                Said.of(exit));
    }

    /** No endpoint has done it, and none can have. */
    ProxmoxException nowhere(ApiCall call, Map<URI, Outcome> said) {
        var last = said.values().stream().toList().getLast();
        if (said.size() == 1 && last instanceof Answered answer) {
            return ofAnswer(call, said.keySet().iterator().next(), answer);
        }
        var words = said.entrySet().stream()
                .map(entry -> entry.getKey() + " " + why(entry.getValue()))
                .collect(Collectors.joining("; "));
        var cause = said.values().stream()
                .flatMap(outcome -> cause(outcome).stream())
                .findFirst()
                .orElse(null);
        var untrusted = said.values().stream().anyMatch(Untrusted.class::isInstance);
        var sentence = call + " was answered by no endpoint: " + words;
        return untrusted
                ? new ProxmoxException.Untrusted(new Failure(
                        sentence
                                + "; give the CA of the cluster (/etc/pve/pve-root-ca.pem) or the fingerprint of each endpoint's"
                                + " certificate (pvenode cert info)",
                        words,
                        cause))
                : new Unavailable(new Failure(sentence, words, cause), false);
    }

    /** A change was sent, and nobody said what became of it. */
    ProxmoxException lost(ApiCall call, URI endpoint, Lost lost) {
        return new Unavailable(
                new Failure(
                        call + ": " + endpoint.getRawAuthority() + " " + lost.why()
                                + "; it may have been carried out all the same",
                        lost.why(),
                        lost.cause()),
                true);
    }

    /** Something answers, but it is not the API. */
    ProxmoxException notProxmox(ApiCall call, URI endpoint) {
        var said = endpoint.getRawAuthority() + " answers, but not as the API of Proxmox VE does";
        return new Refused(
                new Failure(call + ": " + said + "; an endpoint looks like https://host:8006", said), Reason.OTHER);
    }

    /** Proxmox VE did something, and did not say by which task. */
    ProxmoxException notATask(ApiCall call, String data) {
        return new Refused(
                new Failure(call + " was answered with " + data + ", where Proxmox VE names a task", data),
                Reason.OTHER);
    }

    private ProxmoxException invalid(String asked, String said, Map<String, String> errors) {
        var words = errors.entrySet().stream()
                .map(error -> error.getKey() + ": " + error.getValue())
                .collect(Collectors.joining("; "));
        var all = words.isEmpty() ? said : words;
        var failure = new Failure(asked + " has parameters that Proxmox VE does not take: " + all, all);
        return switch (Said.of(all)) {
            case Said.Exists() -> new AlreadyExists(new Failure(asked + " failed: " + all, all));
            case Said.Missing(var thing)
            when thing == Thing.TASK || thing == Thing.STORAGE ->
                new NotFound(new Failure(asked + " failed: " + all, all), thing);
            default -> new InvalidRequest(failure, errors);
        };
    }

    private static ProxmoxException unavailable(ApiCall call, String asked, String said) {
        var maybe = !call.method().changesNothing();
        return new Unavailable(
                new Failure(
                        asked + " was not answered in time: " + said
                                + (maybe ? "; it may have been carried out all the same" : ""),
                        said),
                maybe);
    }

    private ProxmoxException of(String asked, String said, Said meaning) {
        return of(asked, said, said, meaning);
    }

    private ProxmoxException of(String asked, String told, String said, Said meaning) {
        var failure = new Failure(asked + " failed: " + told, said);
        return switch (meaning) {
            case Said.Missing(var thing) -> new NotFound(failure, thing);
            case Said.Exists() -> new AlreadyExists(failure);
            case Said.Held(var lock) -> new Locked(failure, lock);
            case Said.Denied(var path, var privileges) ->
                new Forbidden(new Failure(Grant.sentence(token, asked, path, privileges), said), path, privileges);
            case Said.Outdated() -> new Changed(failure);
            case Said.NoQuorum() ->
                new Unavailable(
                        new Failure(
                                asked + " failed: the cluster has no quorum (" + said
                                        + "); nothing can be changed until a majority of its nodes is online again",
                                said),
                        false);
            case Said.Offline() -> new Unavailable(failure, false);
            case Said.Refusal(var reason) -> new Refused(failure, reason);
        };
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Answered answer -> "answers: " + Answers.message(answer);
            case Unreached(var why, var cause) -> why;
            case Untrusted(var why, var cause) -> why;
            case Lost(var why, var cause) -> why;
        };
    }

    private static Optional<Throwable> cause(Outcome outcome) {
        return switch (outcome) {
            case Answered answer -> Optional.empty();
            case Unreached(var why, var cause) -> Optional.of(cause);
            case Untrusted(var why, var cause) -> Optional.of(cause);
            case Lost(var why, var cause) -> Optional.of(cause);
        };
    }
}
