package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One token's calls to the first node, and the ends of their tasks. */
final class ApiSession {
    private final SimulatedProxmox proxmox;
    private final ApiClient client;
    private final SimulatedProxmox.Token token;

    ApiSession(SimulatedProxmox proxmox, SimulatedProxmox.Token token) {
        this.proxmox = proxmox;
        this.client = new ApiClient(proxmox.caPem());
        this.token = token;
    }

    ApiClient.Answer get(String target) throws IOException {
        return send("GET", target, "", new byte[0]);
    }

    ApiClient.Answer delete(String target) throws IOException {
        return send("DELETE", target, "", new byte[0]);
    }

    ApiClient.Answer form(String method, String target, Map<String, String> parameters) throws IOException {
        var body = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(method, target, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }

    ApiClient.Answer upload(String node, String content, String filename, byte[] bytes) throws IOException {
        var body = new ByteArrayOutputStream();
        body.write(("--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n" + content
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"" + filename
                        + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(bytes);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                "/nodes/" + node + "/storage/local/upload",
                "multipart/form-data; boundary=b",
                body.toByteArray());
    }

    /** @return how the task of this answer ended */
    String exit(ApiClient.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("No task: " + answer);
        }
        var upid = answer.data().asText();
        var path = "/nodes/" + upid.split(":")[1] + "/tasks/" + encode(upid) + "/status";
        JsonNode end = Awaitility.await(upid)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> get(path).data(),
                        data -> data.path("status").asText().equals("stopped"));
        return end.path("exitstatus").asText();
    }

    private ApiClient.Answer send(String method, String target, String type, byte[] body) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "PVEAPIToken=" + token.id() + "=" + token.secret());
        if (!type.isEmpty()) {
            headers.put("Content-Type", type);
        }
        return client.send(proxmox.endpoints().getFirst(), method, target, headers, body);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
