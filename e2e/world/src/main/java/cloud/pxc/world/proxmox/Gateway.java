package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What pveproxy and {@code PVE/HTTPServer.pm} do around a call, in their order: method, body, authentication, route,
 * permissions,
 * proxying to the node, verification of parameters, and the form of the answer.
 */
final class Gateway {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GUEST = Pattern.compile("^/nodes/[^/]+/(?:qemu|lxc)/(\\d{1,9})(?:/|$)");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    /** Every 401 comes late, against guessing ({@code AnyEvent.pm}). */
    private static final Duration REFUSAL_DELAY = Duration.ofSeconds(3);
    /** How long it takes to find that a host is gone. */
    private static final Duration NO_ROUTE = Duration.ofSeconds(9);

    private final Cluster cluster;
    private final Access access;
    private final Router router;
    private final Verification verification;
    private final Faults faults;
    private final RequestLog log;

    Gateway(Cluster cluster, Access access, Router router, Verification verification, Faults faults, RequestLog log) {
        this.cluster = cluster;
        this.access = access;
        this.router = router;
        this.verification = verification;
        this.faults = faults;
        this.log = log;
    }

    RawAnswer answer(RawRequest request) {
        var answer = answerOf(request);
        var apiPath = RequestDecoding.decodePath(request.path()).replaceFirst("^/api2/(json|extjs)", "");
        log.answered(new CallView(
                access.whoCalls(request.header("authorization")),
                request.method() + " " + templateOf(request.method(), apiPath),
                vmidOf(apiPath),
                answer instanceof RawAnswer.Http http ? http.status() : 0,
                request.begunNanos(),
                System.nanoTime()));
        return answer;
    }

    private static OptionalInt vmidOf(String apiPath) {
        var guest = GUEST.matcher(apiPath);
        return guest.find() ? OptionalInt.of(Integer.parseInt(guest.group(1))) : OptionalInt.empty();
    }

    private RawAnswer answerOf(RawRequest request) {
        var path = RequestDecoding.decodePath(request.path());
        var apiPath = path.replaceFirst("^/api2/(json|extjs)", "");
        var effects = new ArrayList<Fault.Effect>();
        faults.hit(request.method(), apiPath, effects::add);
        var dropped = false;
        var exitStatus = Optional.<String>empty();
        try {
            for (var effect : effects) {
                switch (effect) {
                    case Fault.Effect.Answer(int status, String reason) -> {
                        log.count(request.method() + " " + templateOf(request.method(), apiPath));
                        return failure(ApiException.of(status, reason), path);
                    }
                    case Fault.Effect.DropBefore() -> {
                        return new RawAnswer.Dropped();
                    }
                    case Fault.Effect.Slow(Duration delay) -> cluster.time().pass(delay);
                    case Fault.Effect.DropAfter drop -> dropped = true;
                    case Fault.Effect.FailTask failure -> exitStatus = Optional.of(failure.exitStatus());
                }
            }
            var answer = carryOut(request, path, apiPath, exitStatus);
            return dropped ? new RawAnswer.Dropped() : answer;
        } catch (InterruptedException e) {
            return new RawAnswer.Dropped(); // the cluster is being closed
        }
    }

    private RawAnswer carryOut(RawRequest request, String path, String apiPath, Optional<String> taskFault)
            throws InterruptedException {
        log.count(request.method() + " " + templateOf(request.method(), apiPath));
        try {
            return format(path, invoke(request, path, apiPath, taskFault));
        } catch (ApiException e) {
            if (e.status() == 401) {
                cluster.time().pass(REFUSAL_DELAY);
            }
            return failure(e, path);
        } catch (RequestDecoding.UnsupportedBody e) {
            return RawAnswer.Http.plain(506, e.getMessage());
        } catch (RequestDecoding.MalformedJson e) {
            return RawAnswer.Http.plain(500, e.getMessage());
        } catch (UnexpectedContent e) {
            return RawAnswer.Http.plain(501, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, request + " failed by a bug of the simulator", e);
            return failure(ApiException.failure("simulator: " + e), path);
        } finally {
            request.spooled().ifPresent(Gateway::discard);
        }
    }

    /** What no task has taken over. */
    private static void discard(Path spooled) {
        try {
            Files.deleteIfExists(spooled);
        } catch (IOException e) {
            throw new UncheckedIOException("The spooled upload " + spooled + " could not be deleted", e);
        }
    }

    private Object invoke(RawRequest request, String path, String apiPath, Optional<String> taskFault)
            throws InterruptedException {
        if (!METHODS.contains(request.method())) {
            throw ApiException.of(501, "method '" + request.method() + "' not available");
        }
        if (path.equals(apiPath)) {
            throw ApiException.of(501, "no such file '" + path + "'");
        }
        var caller = access.authenticate(request.header("authorization"));
        var parameters = RequestDecoding.query(request.query());
        Optional<Path> upload = Optional.empty();
        if (Set.of("GET", "DELETE").contains(request.method())) {
            if (request.hasBody()) {
                throw new UnexpectedContent(request.method());
            }
        } else if (request.isMultipart()) {
            var form = MultipartForm.read(request);
            parameters.putAll(form.fields());
            upload = form.file();
        } else {
            parameters.putAll(RequestDecoding.body(request));
        }
        var match = router.match(request.method(), apiPath)
                .orElseThrow(() ->
                        ApiException.of(501, "Method '" + request.method() + " " + apiPath + "' not implemented"));
        merge(match.pathParameters(), parameters);
        var call = new Call(cluster.node(request.node()), caller, parameters, upload, taskFault);
        var route = match.route();
        route.schema()
                .allow()
                .ifPresent(check ->
                        access.check(check, caller, name -> call.find(name).orElse(null)));
        if (route.proxied()) {
            proxy(call);
        }
        verification.verify(route.schema().parameters(), parameters);
        return route.handler().answer(call);
    }

    private static void merge(Map<String, String> pathParameters, Map<String, Object> parameters) {
        pathParameters.forEach((name, value) -> {
            var given = parameters.put(name, value);
            if (given != null && !given.equals(value)) {
                throw ApiException.parameter(
                        name, "duplicate parameter (already defined in URI) with conflicting values!");
            }
        });
    }

    private void proxy(Call call) throws InterruptedException {
        var name = call.text("node");
        if (name.equals("localhost")) {
            call.parameters().put("node", call.endpoint().name());
            return;
        }
        var target = cluster.findNode(name)
                .orElseThrow(() -> ApiException.failure("hostname lookup '" + name
                        + "' failed - failed to get address info for: " + name
                        + ": Temporary failure in name resolution"));
        if (!target.online()) {
            cluster.time().pass(NO_ROUTE);
            throw ApiException.of(595, "No route to host");
        }
    }

    private String templateOf(String method, String apiPath) {
        return router.match(method, apiPath)
                .map(match -> match.route().template())
                .orElse(apiPath);
    }

    private static RawAnswer.Http format(String path, Object data) {
        var body = new LinkedHashMap<String, Object>();
        if (data instanceof Listing(List<?> elements, int total)) {
            body.put("data", elements);
            body.put("total", total);
        } else {
            body.put("data", data);
        }
        if (path.startsWith("/api2/extjs")) {
            body.put("success", 1);
        }
        return json(200, "OK", body, false);
    }

    private static RawAnswer.Http failure(ApiException e, String path) {
        var reason = e.getMessage().lines().findFirst().orElse("");
        if (e.status() == 401 || e.status() >= 595 || reason.startsWith("method '")) {
            return RawAnswer.Http.empty(e.status(), reason);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("data", null);
        body.put("message", e.status() == 501 ? e.getMessage() : e.getMessage().stripTrailing() + "\n");
        if (!e.errors().isEmpty()) {
            body.put("errors", e.errors());
        }
        if (path.startsWith("/api2/extjs")) {
            body.put("success", 0);
            body.put("status", e.status());
        }
        return json(e.status(), reason, body, true);
    }

    private static RawAnswer.Http json(int status, String reason, Object body, boolean close) {
        try {
            var bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
            return new RawAnswer.Http(status, reason, "application/json;charset=UTF-8", bytes, close);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that is no JSON", e);
        }
    }

    private static final class UnexpectedContent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedContent(String method) {
            super("Unexpected content for method '" + method + "'");
        }
    }
}
