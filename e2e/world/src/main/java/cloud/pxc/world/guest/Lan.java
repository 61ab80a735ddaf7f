package cloud.pxc.world.guest;

import cloud.pxc.world.Scratch;
import cloud.pxc.world.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The network that the guests of a world share: a network namespace of its own with the bridges of all nodes, each VLAN
 * apart. No card of the machine is in it and nothing is routed out of it, so guests may have any addresses.
 */
final class Lan {
    private static final Path OWN = Path.of("/proc/self/ns/net");

    /** Keeps the namespace: it is gone when this process is. */
    private final Server holder;

    private final Path namespace;
    private final Set<String> bridges = new HashSet<>();

    private Lan(Server holder) {
        this.holder = holder;
        this.namespace = namespaceOf(holder.pid());
    }

    static Lan start(Scratch scratch) {
        var holder = scratch.start("guests-lan", List.of("unshare", "--net", "sleep", "infinity"), Map.of());
        holder.await(() -> !Files.readSymbolicLink(namespaceOf(holder.pid())).equals(Files.readSymbolicLink(OWN)));
        return new Lan(holder);
    }

    /** The file that stands for it. */
    Path namespace() {
        return namespace;
    }

    /** The network namespace of a process. */
    static Path namespaceOf(long pid) {
        return Path.of("/proc", Long.toString(pid), "ns", "net");
    }

    /** The bridge by this name, or its VLAN; made when it is first asked for. */
    synchronized String bridge(String name, Optional<String> tag) throws IOException {
        var bridge = tag.map(vlan -> name + "." + vlan).orElse(name);
        if (!bridges.contains(bridge)) {
            run("link", "add", "name", bridge, "type", "bridge");
            run("link", "set", "dev", bridge, "up");
            bridges.add(bridge);
        }
        return bridge;
    }

    /** What is plugged into the bridges. */
    List<String> cards() throws IOException {
        return run("-brief", "link", "show", "type", "veth")
                .lines()
                .map(line -> line.split("@")[0])
                .toList();
    }

    void stop() {
        holder.kill();
    }

    private String run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("nsenter", "--net=" + namespace, "ip"));
        command.addAll(List.of(arguments));
        return Command.run(command);
    }
}
