package cloud.pxc.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A real ACME CA (Pebble): it looks challenges up at the given name server, and issues for 90 days or, by its profile
 * {@code shortlived}, for 6. A restart forgets every account, as Pebble does.
 */
public final class AcmeCa implements AutoCloseable {

    /** What a CA may be like. */
    public record Options(
            boolean severalProfiles, Map<String, String> externalAccounts, int nonceRejectPercent, int port) {

        /** One profile of 90 days, no external accounts, every nonce good, a free port. */
        public static Options usual() {
            return new Options(false, Map.of(), 0, 0);
        }

        public Options withSeveralProfiles() {
            return new Options(true, externalAccounts, nonceRejectPercent, port);
        }

        /** @param accounts key identifier → MAC key, base64url; only accounts bound to one of them are taken */
        public Options withExternalAccounts(Map<String, String> accounts) {
            return new Options(severalProfiles, Map.copyOf(accounts), nonceRejectPercent, port);
        }

        public Options withNonceRejectPercent(int percent) {
            return new Options(severalProfiles, externalAccounts, percent, port);
        }

        public Options withPort(int fixed) {
            return new Options(severalProfiles, externalAccounts, nonceRejectPercent, fixed);
        }
    }

    private static final int DAY = 24 * 60 * 60;

    private final Scratch scratch;
    private final NameServer resolver;
    private final Options options;
    private final CertificateAuthority front = new CertificateAuthority("CN=ACME front, O=pxc", Clock.systemUTC());
    private final int port;
    private final int managementPort;
    private Server server;

    private AcmeCa(Scratch scratch, NameServer resolver, Options options) {
        this.scratch = scratch;
        this.resolver = resolver;
        this.options = options;
        this.port = options.port() == 0 ? Ports.free() : options.port();
        this.managementPort = Ports.free();
    }

    public static AcmeCa start(Scratch scratch, NameServer resolver, Options options) {
        var ca = new AcmeCa(scratch, resolver, options);
        ca.configure();
        ca.start();
        return ca;
    }

    /** The directory's URL (RFC 8555 section 7.1.1). */
    public URI directory() {
        return URI.create("https://127.0.0.1:" + port + "/dir");
    }

    /** What the CA's own web server is verified by. */
    public String serverCaPem() {
        return front.pem();
    }

    /** The root that issued certificates chain to; another one after every start. */
    public String rootPem() {
        return get(URI.create("https://127.0.0.1:" + managementPort + "/roots/0"));
    }

    /** The intermediate that signs certificates. */
    public String intermediatePem() {
        return get(URI.create("https://127.0.0.1:" + managementPort + "/intermediates/0"));
    }

    public void start() {
        var command = List.of(
                Programs.find("pebble").toString(),
                "-config",
                scratch.folder("acme-" + port).resolve("pebble.json").toString(),
                "-dnsserver",
                resolver.address() + ":" + resolver.port());
        server = scratch.start(
                "acme-" + port,
                command,
                Map.of(
                        "PEBBLE_VA_NOSLEEP", "1",
                        "PEBBLE_AUTHZREUSE", "0",
                        "PEBBLE_WFE_NONCEREJECT", Integer.toString(options.nonceRejectPercent())));
        server.await(() -> !get(directory()).isBlank());
    }

    public void stop() {
        server.stop();
    }

    @Override
    public void close() {
        stop();
    }

    private void configure() {
        var folder = "acme-" + port + "/";
        var identity = front.issue("localhost");
        var certificate = scratch.write(folder + "server.pem", identity.certificatePem());
        var key = scratch.write(folder + "server.key", identity.keyPem());
        var profiles = new LinkedHashMap<String, Object>();
        profiles.put("default", Map.of("description", "90 days", "validityPeriod", 90 * DAY));
        if (options.severalProfiles()) {
            profiles.put("shortlived", Map.of("description", "6 days", "validityPeriod", 6 * DAY));
        }
        var pebble = new LinkedHashMap<String, Object>();
        pebble.put("listenAddress", "127.0.0.1:" + port);
        pebble.put("managementListenAddress", "127.0.0.1:" + managementPort);
        pebble.put("certificate", certificate.toString());
        pebble.put("privateKey", key.toString());
        pebble.put("httpPort", 5002);
        pebble.put("tlsPort", 5001);
        pebble.put("ocspResponderURL", "");
        pebble.put("externalAccountBindingRequired", !options.externalAccounts().isEmpty());
        pebble.put("externalAccountMACKeys", options.externalAccounts());
        pebble.put("retryAfter", Map.of("authz", 1, "order", 1));
        pebble.put("keyAlgorithm", "ecdsa");
        pebble.put("profiles", profiles);
        pebble.put("domainBlocklist", List.of("blocked.example"));
        try {
            scratch.write(folder + "pebble.json", new ObjectMapper().writeValueAsString(Map.of("pebble", pebble)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Pebble's configuration could not be written", e);
        }
    }

    private String get(URI uri) {
        try (var http = HttpClient.newBuilder().sslContext(trustingFront()).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(java.time.Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(uri + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + uri, e);
        }
    }

    private SSLContext trustingFront() {
        return front.clientContext();
    }
}
