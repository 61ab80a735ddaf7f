package cloud.pxc.world.guest;

import cloud.pxc.world.Ports;
import cloud.pxc.world.proxmox.Guests;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** One guest: its disk, which stays, and the run that it is in. */
final class Machine {
    private final int vmid;
    private final Host host;
    private final Disk disk;
    private final IntConsumer ended;
    /** Its own for life, so that a command line that logs in is good after a restart, too. */
    private final int sshPort = Ports.free();

    private Optional<Run> run = Optional.empty();
    private Map<String, byte[]> once = Map.of();

    Machine(int vmid, Host host, IntConsumer ended) {
        this.vmid = vmid;
        this.host = host;
        this.disk = host.disk(vmid);
        this.ended = ended;
    }

    int sshPort() {
        return sshPort;
    }

    /** Files that it finds at its first boot, and may change for good. */
    synchronized void put(Map<String, byte[]> files) {
        once = files;
    }

    synchronized void start(Guests.Boot boot) throws IOException {
        stop();
        var nics = Nic.of(boot);
        var cgroup = Cgroup.make(host.cgroup(vmid), host.scratch());
        disk.clearStaged();
        disk.put(files(boot, nics));
        disk.put(once);
        disk.connect(cards(nics), cgroup);
        disk.tell(sshPort);
        var started = Run.start(host, boot, disk, cgroup, sshPort);
        once = Map.of();
        run = Optional.of(started);
        started.server().ended().thenAccept(code -> hasEnded(started, boot, code));
    }

    synchronized void stop() {
        run.ifPresent(Run::kill);
        run = Optional.empty();
    }

    /** @return whether it has ended in time */
    boolean shutDown(Duration patience) throws InterruptedException {
        var pressed = current();
        if (pressed.isPresent()) {
            pressed.get().expectEnd();
            if (!pressed.get().shutDown(patience)) {
                return false;
            }
            stop();
        }
        return true;
    }

    void keep(String name) throws IOException {
        disk.keep(name);
    }

    void rollBack(String name) throws IOException {
        stop();
        disk.rollBack(name);
    }

    void forget(String name) throws IOException {
        disk.forget(name);
    }

    void destroy() throws IOException {
        stop();
        disk.delete();
    }

    /** Empty when it does not run. */
    synchronized Optional<Run> current() {
        return run;
    }

    private Map<String, byte[]> files(Guests.Boot boot, List<Nic> nics) throws IOException {
        return switch (boot.type()) {
            case "lxc" -> ContainerFiles.of(boot, nics);
            default -> SeedFiles.of(boot);
        };
    }

    /** As {@code boot.sh} reads them. */
    private List<String> cards(List<Nic> nics) throws IOException {
        var lines = new LinkedHashMap<Integer, String>();
        for (var nic : nics) {
            lines.put(
                    nic.number(),
                    String.join(
                            " ",
                            nic.name(),
                            nic.mac(),
                            host.lan().bridge(nic.bridge(), nic.tag()),
                            "v" + vmid + "n" + nic.number(),
                            nic.mtu().orElse("-"),
                            nic.connected() ? "up" : "down"));
        }
        return List.copyOf(lines.values());
    }

    /** Its process is gone: on purpose, or because it was switched off, restarted or broken from inside. */
    private synchronized void hasEnded(Run gone, Guests.Boot boot, int exitCode) {
        if (gone.endExpected() || run.filter(gone::equals).isEmpty()) {
            return;
        }
        stop();
        if (exitCode == Run.WANTS_RESTART) {
            try {
                start(boot);
                return;
            } catch (IOException e) {
                System.getLogger(Machine.class.getName())
                        .log(System.Logger.Level.ERROR, "guest=" + vmid + " did not come back from its restart", e);
            }
        }
        ended.accept(vmid);
    }
}
