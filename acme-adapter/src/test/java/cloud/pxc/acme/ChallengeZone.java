package cloud.pxc.acme;

import cloud.pxc.world.NameServer;
import cloud.pxc.world.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A zone on a real BIND, in which challenges are answered; kept by BIND's own tools. */
final class ChallengeZone {

    private final NameServer server;
    private final String updateKeyFile;

    ChallengeZone(Scratch scratch, NameServer server, String zone) {
        this.server = server;
        var update = server.updateKey();
        this.updateKeyFile = keyFile(scratch, update.name(), update.algorithm(), update.secret());
        var control = server.controlKey();
        var controlKeyFile = keyFile(scratch, control.name(), control.algorithm(), control.secret());
        var file = scratch.write(server.log().getParent().getFileName() + "/zones/" + zone + ".db", """
                $TTL 60
                @ IN SOA ns1 hostmaster 1 60 10 86400 0
                @ IN NS ns1
                ns1 IN A 127.0.0.1
                """);
        run("", "chown", "-R", "bind", file.getParent().toString());
        run(
                "",
                "rndc",
                "-k",
                controlKeyFile,
                "-s",
                server.address(),
                "-p",
                Integer.toString(server.controlPort()),
                "addzone",
                zone,
                "{ type primary; file \"" + file + "\"; allow-update { key " + update.name() + "; }; };");
    }

    /** Has the name answer these texts and no others. */
    void txt(String name, List<String> values) {
        var commands = new StringBuilder("server " + server.address() + " " + server.port() + "\n");
        commands.append("update delete ").append(name).append(". TXT\n");
        for (var value : values) {
            commands.append("update add ")
                    .append(name)
                    .append(". 60 TXT ")
                    .append(value)
                    .append('\n');
        }
        run(commands.append("send\n").toString(), "nsupdate", "-v", "-k", updateKeyFile);
    }

    private static String keyFile(Scratch scratch, String name, String algorithm, String secret) {
        return scratch.write(
                        name + ".key",
                        "key \"%s\" { algorithm %s; secret \"%s\"; };%n".formatted(name, algorithm, secret))
                .toString();
    }

    private static void run(String input, String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.US_ASCII));
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command[0] + " failed: " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command[0], e);
        }
    }
}
