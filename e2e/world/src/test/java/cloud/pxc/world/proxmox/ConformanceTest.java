package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what the real Proxmox VE is known to do against the simulated one. */
class ConformanceTest {
    private static final String EVERYTHING = "root@pam!test";
    private static final double SCALE = 0.02;

    static Stream<Named<Path>> cases() throws IOException, URISyntaxException {
        var folder = Path.of(
                ConformanceTest.class.getResource("/proxmox/conformance").toURI());
        return Files.list(folder)
                .sorted()
                .map(file -> Named.of(file.getFileName().toString().replace(".yaml", ""), file));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(Path file) throws IOException {
        var theCase = ConformanceCase.read(file);
        var builder = SimulatedProxmox.builder().timeScale(SCALE).guests(new ConfiguredGuests() {
            @Override
            public boolean hearsShutdown(int vmid) {
                return !theCase.deaf();
            }
        });
        theCase.durations().forEach(builder::taskDuration);
        try (var proxmox = builder.start()) {
            var replay = new Replay(proxmox);
            replay.tokens.put(EVERYTHING, proxmox.createFullToken(EVERYTHING));
            theCase.tokens()
                    .forEach((id, privileges) ->
                            replay.tokens.put(id, proxmox.createToken(id, privileges.toArray(String[]::new))));
            for (var step : theCase.steps()) {
                replay.step(step);
            }
        }
    }

    private static final class Replay {
        private final SimulatedProxmox proxmox;
        private final ApiClient client;
        private final Map<String, SimulatedProxmox.Token> tokens = new LinkedHashMap<>();
        private String upid = "";

        Replay(SimulatedProxmox proxmox) {
            this.proxmox = proxmox;
            this.client = new ApiClient(proxmox.caPem());
        }

        void step(ConformanceCase.Step step) throws IOException {
            if (step.await() != null) {
                ends(step.await(), "the task in the background");
                return;
            }
            var answer = send(step);
            var what = step.call() + " → " + answer;
            assertThat(answer.status()).as(what).isEqualTo(step.status());
            text(step.reason(), answer.reason(), what);
            text(step.message(), answer.json().path("message").asText(), what);
            if (step.errors() != null) {
                var errors = new LinkedHashMap<String, String>();
                answer.json()
                        .path("errors")
                        .properties()
                        .forEach(e -> errors.put(e.getKey(), e.getValue().asText()));
                assertThat(errors).as(what).isEqualTo(step.errors());
            }
            if (step.data() != null) {
                matches(step.data(), answer.data(), what);
            }
            step.lacks().forEach(field -> assertThat(answer.data().has(field))
                    .as(what + " has no " + field)
                    .isFalse());
            if (step.task() != null || step.background()) {
                assertThat(answer.data().asText()).as(what).startsWith("UPID:");
                upid = answer.data().asText();
            }
            if (step.task() != null) {
                ends(step.task(), what);
            }
        }

        private ApiClient.Answer send(ConformanceCase.Step step) throws IOException {
            var method = step.call().substring(0, step.call().indexOf(' '));
            var target = step.call().substring(method.length() + 1).replace("${upid}", encode(upid));
            var headers = new LinkedHashMap<String, String>();
            authorize(step.as(), headers);
            var body = new byte[0];
            var form = step.with().entrySet().stream()
                    .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                    .collect(Collectors.joining("&"));
            if (step.upload() != null) {
                headers.put("Content-Type", "multipart/form-data; boundary=zzz");
                body = multipart(step);
            } else if (step.body() != null) {
                headers.put("Content-Type", step.type() == null ? "application/x-www-form-urlencoded" : step.type());
                body = step.body().getBytes(StandardCharsets.UTF_8);
            } else if (Set.of("GET", "DELETE").contains(method)) {
                target += form.isEmpty() ? "" : "?" + form;
            } else {
                headers.put("Content-Type", "application/x-www-form-urlencoded");
                body = form.getBytes(StandardCharsets.UTF_8);
            }
            return client.send(proxmox.endpoints().getFirst(), method, target, headers, body);
        }

        private void authorize(String as, Map<String, String> headers) {
            var id = as == null || as.equals("wrong") ? EVERYTHING : as;
            if (!id.equals("nobody")) {
                var secret = "wrong".equals(as) ? "wrong" : tokens.get(id).secret();
                headers.put("Authorization", "PVEAPIToken=" + id + "=" + secret);
            }
        }

        private static byte[] multipart(ConformanceCase.Step step) throws IOException {
            var out = new ByteArrayOutputStream();
            var upload = step.upload();
            var file = "--zzz\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"" + upload.filename()
                    + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                    + upload.text().repeat(Math.max(1, upload.times())) + "\r\n";
            if (upload.first()) {
                out.write(file.getBytes(StandardCharsets.UTF_8));
            }
            for (var field : step.with().entrySet()) {
                out.write(("--zzz\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                                + field.getValue() + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            if (!upload.first()) {
                out.write(file.getBytes(StandardCharsets.UTF_8));
            }
            out.write("--zzz--\r\n".getBytes(StandardCharsets.UTF_8));
            return out.toByteArray();
        }

        private void ends(ConformanceCase.End end, String what) throws IOException {
            var path = "/nodes/" + upid.split(":")[1] + "/tasks/" + encode(upid);
            var status = Awaitility.await(what)
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> get(path + "/status").data(),
                            data -> data.path("status").asText().equals("stopped"));
            var lines = get(path + "/log?limit=0").data().findValuesAsText("t");
            text(end.exit(), status.path("exitstatus").asText(), what + " " + lines);
            var left = lines;
            for (var expected : end.log()) {
                var at = left.stream().filter(line -> fits(expected, line)).findFirst();
                assertThat(at)
                        .as("line \"" + expected + "\" in the log " + lines)
                        .isPresent();
                left = left.subList(left.indexOf(at.get()) + 1, left.size());
            }
            assertThat(lines.getLast())
                    .isEqualTo(
                            status.path("exitstatus").asText().equals("OK")
                                    ? "TASK OK"
                                    : "TASK ERROR: " + status.path("exitstatus").asText());
        }

        private ApiClient.Answer get(String target) throws IOException {
            var headers = new LinkedHashMap<String, String>();
            authorize(null, headers);
            return client.send(proxmox.endpoints().getFirst(), "GET", target, headers, new byte[0]);
        }

        private static void matches(JsonNode expected, JsonNode actual, String what) {
            if (expected.isObject()) {
                expected.properties()
                        .forEach(e -> matches(e.getValue(), actual.path(e.getKey()), what + " ." + e.getKey()));
            } else if (expected.isArray()) {
                assertThat(actual.size()).as(what).isEqualTo(expected.size());
                for (var i = 0; i < expected.size(); i++) {
                    matches(expected.get(i), actual.get(i), what + " [" + i + "]");
                }
            } else if (expected.isTextual()) {
                assertThat(actual.isTextual()).as(what + " is text: " + actual).isTrue();
                text(expected.asText(), actual.asText(), what);
            } else if (expected.isNull()) {
                assertThat(actual.isNull()).as(what + " is null").isTrue();
            } else {
                assertThat(actual.isNumber() || actual.isBoolean())
                        .as(what + " is no text: " + actual)
                        .isTrue();
                assertThat(actual.asDouble()).as(what).isEqualTo(expected.asDouble());
            }
        }

        private static void text(String expected, String actual, String what) {
            if (expected == null) {
                return;
            }
            if (expected.startsWith("~")) {
                assertThat(actual).as(what).matches("(?s)" + expected.substring(1));
            } else {
                assertThat(actual.stripTrailing()).as(what).isEqualTo(expected);
            }
        }

        private static boolean fits(String expected, String line) {
            return expected.startsWith("~") ? line.matches(expected.substring(1)) : line.equals(expected);
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}
