package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks HTTP/1.1 by hand, because what is looked at is what usual clients hide: the reason phrase, and bodies where
 * none belong.
 */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SSLContext tls;

    ApiClient(String caPem) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)));
            trusted.setCertificateEntry("ca", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    record Answer(int status, String reason, String body) {
        /** @return a missing node when the body is empty or no JSON object */
        JsonNode json() {
            try {
                return body.startsWith("{") ? JSON.readTree(body) : JSON.missingNode();
            } catch (IOException e) {
                throw new IllegalStateException("Not JSON: " + body, e);
            }
        }

        JsonNode data() {
            return json().path("data");
        }
    }

    /** @param target path and query as they go over the wire, without {@code /api2/json} */
    Answer send(URI endpoint, String method, String target, Map<String, String> headers, byte[] body)
            throws IOException {
        return sendRaw(endpoint, method, "/api2/json" + target, headers, body);
    }

    Answer sendRaw(URI endpoint, String method, String target, Map<String, String> headers, byte[] body)
            throws IOException {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket(endpoint.getHost(), endpoint.getPort())) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(60_000);
            var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + endpoint.getAuthority()
                    + "\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            if (body.length > 0) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            var out = socket.getOutputStream();
            var request = new ByteArrayOutputStream();
            request.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            out.write(request.toByteArray());
            out.flush();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer parse(String text) throws IOException {
        var end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("The connection ended without an answer");
        }
        var status = text.substring(0, text.indexOf("\r\n")).split(" ", 3);
        return new Answer(Integer.parseInt(status[1]), status[2], text.substring(end + 4));
    }
}
