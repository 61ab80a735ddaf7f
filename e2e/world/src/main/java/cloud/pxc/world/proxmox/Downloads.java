package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Fetches files for a node as {@code download_file_from_url} of {@code PVE/Tools.pm} does: really, and verified. */
final class Downloads {
    /** Exit codes of wget. */
    private static final int NETWORK_FAILURE = 4;

    private static final int TLS_FAILURE = 5;
    private static final int SERVER_ERROR = 8;

    private final Storages storages;
    private final ScaledTime time;
    private final Path files;

    /** @param files folder for the bytes of volumes */
    Downloads(Storages storages, ScaledTime time, Path files) {
        this.storages = storages;
        this.time = time;
        this.files = files;
    }

    /** Where the bytes come from. */
    interface Source {
        void fetch(Path to) throws IOException, InterruptedException;
    }

    /** Makes the file a volume of the node's storage; that which is there already is kept if it is right. */
    void run(String node, FileContent content, String url, Optional<Checksum> checksum, Source source, TaskLog log)
            throws IOException, InterruptedException {
        var destination = storages.path(content.volume(0, 0, files));
        log.line("downloading " + url + " to " + destination);
        var existing = storages.find(content.volid(), node).flatMap(Volume::file);
        if (existing.isPresent()) {
            keep(existing.get(), destination, checksum, log);
            return;
        }
        var file = files.resolve(UUID.randomUUID().toString());
        try {
            source.fetch(file);
            log.work();
            if (checksum.isPresent()) {
                checksum.get().verify(file, log);
            }
            content.complaint(file).ifPresent(complaint -> {
                throw ApiException.failure("failed to verify file: " + complaint);
            });
        } catch (IOException | InterruptedException | ApiException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        storages.put(content.volume(Files.size(file), time.epochSecond(), file), node);
        log.line("download of '" + url + "' to '" + destination + "' finished");
    }

    private static void keep(Path existing, String destination, Optional<Checksum> checksum, TaskLog log)
            throws IOException {
        if (checksum.isEmpty()) {
            throw ApiException.failure("refusing to override existing file '" + destination + "'");
        }
        var got = Checksum.hash(checksum.get().algorithm(), existing);
        if (!got.equalsIgnoreCase(checksum.get().expected())) {
            log.line("calculating checksum of existing file...");
            throw checksum.get().mismatch(got, ", aborting");
        }
        log.line("calculating checksum of existing file...OK, got correct file already, no need to download");
    }

    /** Over HTTP or HTTPS, failing as wget does. */
    static Source http(String url, boolean verifyCertificates, String destination) {
        return to -> {
            var command = "wget --progress=dot:giga -O " + destination + ".tmp_dwnl " + url
                    + (verifyCertificates ? "" : " --no-check-certificate");
            try (var client = client(verifyCertificates)) {
                var request = HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofMinutes(10))
                        .build();
                var response = client.send(request, HttpResponse.BodyHandlers.ofFile(to));
                if (response.statusCode() != 200) {
                    throw failed(command, SERVER_ERROR);
                }
            } catch (SSLException e) {
                throw failed(command, TLS_FAILURE);
            } catch (IOException | IllegalArgumentException e) {
                throw failed(command, NETWORK_FAILURE);
            }
        };
    }

    private static ApiException failed(String command, int exitCode) {
        return ApiException.failure("download failed: command '" + command + "' failed: exit code " + exitCode);
    }

    private static HttpClient client(boolean verifyCertificates) {
        var builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10));
        if (!verifyCertificates) {
            builder.sslContext(trustingAll());
        }
        return builder.build();
    }

    private static SSLContext trustingAll() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    /** What {@code verify-certificates=0} asks for. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
