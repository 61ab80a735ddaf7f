package cloud.pxc.world.proxmox;

import cloud.pxc.world.CertificateAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * All of Vert.x there is here: one HTTPS server per node, each request handed to a virtual thread, its answer written
 * back.
 */
final class HttpFront implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    /** Nothing is served from the class path, so no folder is needed to unpack it to. */
    private static final FileSystemOptions NO_CACHE =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setFileSystemOptions(NO_CACHE));
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CertificateAuthority.Identity> identities;
    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Path spool;
    private final Function<RawRequest, RawAnswer> handler;

    /** @param spool folder for the bodies of uploads */
    HttpFront(
            Map<String, CertificateAuthority.Identity> identities,
            Path spool,
            Function<RawRequest, RawAnswer> handler) {
        this.identities = identities;
        this.spool = spool;
        this.handler = handler;
    }

    /** Listens for a node: on any free port the first time, on the same one ever after. */
    void listen(String node) {
        listen(node, 0);
    }

    /** @param firstPort where it listens the first time; 0: any free port */
    void listen(String node, int firstPort) {
        var identity = identities.get(node);
        var options = new HttpServerOptions()
                .setHost(HOST)
                .setPort(ports.getOrDefault(node, firstPort))
                .setSsl(true)
                .setUseAlpn(false)
                .setReuseAddress(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(identity.certificatePem()))
                        .setKeyValue(Buffer.buffer(identity.keyPem())));
        var server = vertx.createHttpServer(options).requestHandler(request -> receive(node, request));
        await(server.listen(), "listen for node " + node);
        servers.put(node, server);
        ports.put(node, server.actualPort());
    }

    /** Ends a node's endpoint: open connections break, new ones are refused. */
    void silence(String node) {
        var server = servers.remove(node);
        if (server != null) {
            await(server.close(), "stop listening for node " + node);
        }
    }

    URI endpoint(String node) {
        return URI.create("https://" + HOST + ":" + ports.get(node));
    }

    @Override
    public void close() {
        await(vertx.close(), "stop");
        workers.shutdownNow();
    }

    private void receive(String node, HttpServerRequest request) {
        var begun = System.nanoTime();
        var isMultipart = Optional.ofNullable(request.getHeader("Content-Type"))
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                .isPresent();
        if (isMultipart) {
            var file = spool.resolve("pveupload-" + UUID.randomUUID());
            request.pause();
            vertx.fileSystem()
                    .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                    .compose(request::pipeTo)
                    .onSuccess(ignored -> handle(request, raw(begun, node, request, new byte[0], Optional.of(file))))
                    .onFailure(failure -> request.connection().close());
        } else {
            request.body()
                    .onSuccess(body -> handle(request, raw(begun, node, request, body.getBytes(), Optional.empty())))
                    .onFailure(failure -> request.connection().close());
        }
    }

    private static RawRequest raw(
            long begun, String node, HttpServerRequest request, byte[] body, Optional<Path> spooled) {
        var headers = new LinkedHashMap<String, String>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new RawRequest(
                begun,
                node,
                request.method().name(),
                request.path(),
                Optional.ofNullable(request.query()).orElse(""),
                headers,
                body,
                spooled);
    }

    private void handle(HttpServerRequest request, RawRequest raw) {
        workers.execute(() -> {
            switch (handler.apply(raw)) {
                case RawAnswer.Dropped() -> request.connection().close();
                case RawAnswer.Http answer -> write(request, answer);
            }
        });
    }

    private static void write(HttpServerRequest request, RawAnswer.Http answer) {
        var response = request.response();
        if (response.closed()) {
            return; // the client gave up waiting
        }
        var now = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
        response.setStatusCode(answer.status())
                .setStatusMessage(answer.reason())
                .putHeader("Cache-Control", "max-age=0")
                .putHeader("Connection", answer.close() ? "close" : "Keep-Alive")
                .putHeader("Date", now)
                .putHeader("Expires", now)
                .putHeader("Pragma", "no-cache")
                .putHeader("Server", "pve-api-daemon/3.0");
        if (!answer.contentType().isEmpty()) {
            response.putHeader("Content-Type", answer.contentType());
        }
        var written = response.end(Buffer.buffer(answer.body()));
        if (answer.close()) {
            written.onComplete(ignored -> request.connection().close());
        }
    }

    private static void await(Future<?> future, String what) {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the simulated Proxmox VE was to " + what, e);
        } catch (Exception e) {
            throw new IllegalStateException("The simulated Proxmox VE could not " + what, e);
        }
    }
}
