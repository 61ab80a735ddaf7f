package cloud.pxc.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One BIND on a port of 127.0.0.1, without zones: they are added over its control channel. Whoever holds the update key may
 * update and transfer them if the zone's own configuration says so; the transfer key may transfer every zone.
 */
public final class NameServer implements AutoCloseable {

    /** TSIG keys of a set of servers: all of them know the same ones. */
    public record Keys(TsigSecret update, TsigSecret transfer, TsigSecret control) {

        public static Keys random() {
            return new Keys(
                    TsigSecret.random("pxc-update"),
                    TsigSecret.random("pxc-transfer"),
                    TsigSecret.random("pxc-control"));
        }
    }

    private static final String ADDRESS = "127.0.0.1";

    private final Scratch scratch;
    private final String name;
    private final Keys keys;
    private final int port;
    private final int controlPort;
    private final int statisticsPort = Ports.free();
    private Server server;

    private NameServer(Scratch scratch, String name, Keys keys, int port, int controlPort) {
        this.scratch = scratch;
        this.name = name;
        this.keys = keys;
        this.port = port;
        this.controlPort = controlPort;
    }

    /** @param name of its folder and log, for example {@code primary} */
    public static NameServer start(Scratch scratch, String name, Keys keys) {
        var ports = Ports.free(2);
        return start(scratch, name, keys, ports.get(0), ports.get(1));
    }

    public static NameServer start(Scratch scratch, String name, Keys keys, int port, int controlPort) {
        var nameServer = new NameServer(scratch, name, keys, port, controlPort);
        nameServer.configure();
        nameServer.start();
        return nameServer;
    }

    public String address() {
        return ADDRESS;
    }

    /** DNS over UDP and TCP. */
    public int port() {
        return port;
    }

    /** The control channel (rndc), TCP. */
    public int controlPort() {
        return controlPort;
    }

    public TsigSecret updateKey() {
        return keys.update();
    }

    public TsigSecret transferKey() {
        return keys.transfer();
    }

    public TsigSecret controlKey() {
        return keys.control();
    }

    public Path log() {
        return folder().resolve("named.log");
    }

    /** How many messages it has received since it was started: by opcode, such as {@code UPDATE}, and by type, such as {@code SOA}. */
    public Map<String, Long> received() {
        try {
            var statistics = new ObjectMapper()
                    .readTree(URI.create("http://" + ADDRESS + ":" + statisticsPort + "/json/v1/server")
                            .toURL());
            var received = new TreeMap<String, Long>();
            for (var kind : List.of("opcodes", "qtypes")) {
                statistics
                        .path(kind)
                        .properties()
                        .forEach(count ->
                                received.put(count.getKey(), count.getValue().asLong()));
            }
            received.values().removeIf(count -> count == 0);
            return received;
        } catch (IOException e) {
            throw new UncheckedIOException("The statistics of name server " + name + " could not be read", e);
        }
    }

    /** Starts it again, with everything it had, after {@link #stop} or {@link #kill}. */
    public void start() {
        var named = Programs.find("named").toString();
        var configuration = folder().resolve("named.conf").toString();
        var command = runsAsRoot()
                ? List.of(named, "-f", "-u", "bind", "-n", "2", "-c", configuration)
                : List.of(named, "-f", "-n", "2", "-c", configuration);
        server = scratch.start(name, command, Map.of());
        server.await(() -> answers() && controlListens());
    }

    /** Ends it in order. */
    public void stop() {
        server.stop();
    }

    /** {@code kill -9}. */
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        stop();
    }

    private Path folder() {
        return scratch.folder(name);
    }

    private void configure() {
        for (var folder : List.of("zones", "keys", "nzd")) {
            scratch.folder(name + "/" + folder);
        }
        scratch.write(name + "/named.conf", configuration());
        if (runsAsRoot()) {
            run("chown", "-R", "bind", folder().toString());
        }
    }

    private String configuration() {
        return keys.update().asNamedConf()
                + keys.transfer().asNamedConf()
                + keys.control().asNamedConf()
                + """
                statistics-channels { inet %1$s port %7$d allow { 127.0.0.0/8; }; };
                controls { inet %1$s port %3$d allow { 127.0.0.0/8; } keys { "%5$s"; }; };
                options {
                  directory "%4$s";
                  pid-file "%4$s/named.pid";
                  lock-file none;
                  session-keyfile "%4$s/session.key";
                  managed-keys-directory "%4$s/keys";
                  key-directory "%4$s/keys";
                  new-zones-directory "%4$s/nzd";
                  bindkeys-file "/dev/null";
                  listen-on port %2$d { %1$s; };
                  listen-on-v6 { none; };
                  query-source address %1$s;
                  notify-source %1$s;
                  transfer-source %1$s;
                  recursion yes;
                  allow-recursion { 127.0.0.0/8; };
                  dnssec-validation no;
                  empty-zones-enable no;
                  allow-query { any; };
                  allow-new-zones yes;
                  allow-transfer { key "%6$s"; };
                  notify-delay 0;
                  notify-rate 1000;
                  startup-notify-rate 1000;
                  serial-query-rate 1000;
                  transfers-in 50;
                  transfers-out 50;
                  transfers-per-ns 50;
                  update-quota 1000;
                  tcp-clients 300;
                  tcp-listen-queue 100;
                  minimal-responses yes;
                };
                logging {
                  channel file { file "%4$s/named.log" versions 2 size 50m; severity info; print-time iso8601; print-category yes; print-severity yes; };
                  category default { file; };
                  category update { null; };
                };
                """.formatted(
                                ADDRESS,
                                port,
                                controlPort,
                                folder(),
                                keys.control().name(),
                                keys.transfer().name(),
                                statisticsPort);
    }

    /** Any answer will do, the server has no zones yet: a query for the root's SOA comes back with the same id. */
    private boolean answers() throws IOException {
        byte[] query = {0x70, 0x78, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1};
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            socket.send(new DatagramPacket(query, query.length, InetAddress.getByName(ADDRESS), port));
            var answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return answer.getLength() >= 12 && answer.getData()[0] == 0x70 && answer.getData()[1] == 0x78;
        }
    }

    private boolean controlListens() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, controlPort), 200);
            return true;
        }
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: "
                        + new String(process.getInputStream().readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command) + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    /** The start of its log, for a person. */
    public String readLog() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException("The log of name server " + name + " could not be read", e);
        }
    }
}
