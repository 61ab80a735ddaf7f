package cloud.pxc.e2e;

import cloud.pxc.world.Ports;
import cloud.pxc.world.Programs;
import cloud.pxc.world.Scratch;
import cloud.pxc.world.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One of our own applications, as the build packages it, in a process of its own. */
public final class Application {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final String name;
    private final Path jar;
    private final Scratch scratch;
    private final Map<String, String> environment;
    private final int httpPort = Ports.free();
    private Server server;

    /** @param environment its settings, beside where it listens for probes */
    Application(String name, String module, Scratch scratch, Map<String, String> environment) {
        this.name = name;
        this.jar = Programs.projectRoot().resolve(module + "/target/quarkus-app/quarkus-run.jar");
        this.scratch = scratch;
        this.environment = new TreeMap<>(environment);
        this.environment.put("PXC_HTTP_PORT", Integer.toString(httpPort));
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    }

    public String name() {
        return name;
    }

    public long pid() {
        return server.pid();
    }

    public boolean isAlive() {
        return server.alive();
    }

    public Path log() {
        return server.log();
    }

    /** What it is told by its environment. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Starts it and waits until it is ready. */
    public void start() {
        launch();
        awaitReady();
    }

    /** Starts it, and does not wait. */
    public void launch() {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there; build it with: make build");
        }
        server = scratch.start(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString()),
                environment);
    }

    public void awaitReady() {
        server.await(() -> get("/q/health/ready").statusCode() == 200);
    }

    /** Asks it to end, as Kubernetes does when a pod goes. */
    public void stop() {
        server.stop();
    }

    /** {@code kill -9}. */
    public void kill() {
        server.kill();
    }

    /** Ends it in order and starts it again. */
    public void restart() {
        stop();
        start();
    }

    /** Its metrics in Prometheus' text format. */
    public String metrics() {
        try {
            return get("/q/metrics").body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The metrics of " + name + " could not be read", e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try (var http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                            .timeout(ANSWER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + name + " for " + path, e);
        }
    }
}
