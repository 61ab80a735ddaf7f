package cloud.pxc.world.guest;

import cloud.pxc.world.Server;
import cloud.pxc.world.proxmox.Guests;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A guest between power on and power off. */
final class Run {
    /** How systemd-nspawn ends when the guest wants to be booted anew. */
    static final int WANTS_RESTART = 133;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final Cgroup cgroup;
    private final Path network;
    private final SshForward ssh;
    private volatile boolean endExpected;

    private Run(Server server, Cgroup cgroup, Path network, SshForward ssh) {
        this.server = server;
        this.cgroup = cgroup;
        this.network = network;
        this.ssh = ssh;
    }

    /** @throws IOException with the end of its console, when it does not get as far as its first own process */
    static Run start(Host host, Guests.Boot boot, Disk disk, Cgroup cgroup, int sshPort) throws IOException {
        var server = host.scratch()
                .start(
                        "guest-" + boot.vmid(),
                        List.of(
                                "sh",
                                host.script().toString(),
                                "outside",
                                disk.folder().toString(),
                                host.base().toString(),
                                boot.type() + boot.vmid(),
                                host.lan().namespace().toString()),
                        Map.of());
        try {
            // unshare, systemd-nspawn, and the guest's own first process
            server.await(() -> ProcessHandle.of(server.pid())
                    .map(process -> process.descendants().count() >= 2)
                    .orElse(false));
        } catch (IllegalStateException e) {
            server.kill();
            cgroup.remove();
            throw new IOException("Guest " + boot.vmid() + " could not be booted: " + e.getMessage(), e);
        }
        var network = Lan.namespaceOf(server.pid());
        return new Run(server, cgroup, network, SshForward.start(host.scratch(), boot.vmid(), sshPort, network));
    }

    Server server() {
        return server;
    }

    /** From now on its end is nothing to tell of. */
    void expectEnd() {
        endExpected = true;
    }

    boolean endExpected() {
        return endExpected;
    }

    /** Pulls the plug. */
    void kill() {
        endExpected = true;
        ssh.stop();
        server.kill();
        cgroup.remove();
    }

    /** Presses the power button. @return whether it has ended in time */
    boolean shutDown(Duration patience) throws InterruptedException {
        // unshare passes no signal on to systemd-nspawn, its child.
        ProcessHandle.of(server.pid()).stream().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroy);
        try {
            server.ended().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            endExpected = false;
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of process " + server.pid() + " can't be waited for", e);
        }
    }

    /** Read from its network namespace. */
    List<Guests.Interface> interfaces() throws IOException {
        var cards = new ArrayList<Guests.Interface>();
        for (var card : JSON.readTree(Command.run("nsenter", "--net=" + network, "ip", "-json", "address"))) {
            cards.add(new Guests.Interface(
                    card.path("ifname").asText(), card.path("address").asText(), addresses(card)));
        }
        return cards;
    }

    private static List<String> addresses(JsonNode card) {
        var addresses = new ArrayList<String>();
        for (var address : card.path("addr_info")) {
            addresses.add(address.path("local").asText() + "/"
                    + address.path("prefixlen").asText());
        }
        return addresses;
    }
}
