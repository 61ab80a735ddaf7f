package cloud.pxc.world.guest;

import cloud.pxc.world.Programs;
import cloud.pxc.world.Scratch;
import cloud.pxc.world.proxmox.Guests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Real guests: each is a Debian booted by systemd-nspawn on a network of the world's own. Virtual machines take their
 * cloud-init data from the NoCloud ISO in their drive, containers what Proxmox VE would write into them.
 *
 * <pre>{@code
 * var guests = NspawnGuests.start(scratch);
 * var proxmox = SimulatedProxmox.builder().guests(guests).start();
 * }</pre>
 */
public final class NspawnGuests implements Guests {
    private final Host host;
    private final SshKey key;
    private final Path login;
    private final Map<Integer, Machine> machines = new ConcurrentHashMap<>();
    private volatile IntConsumer listener = vmid -> {};
    private volatile boolean closed;

    private NspawnGuests(Host host, SshKey key, Path login) {
        this.host = host;
        this.key = key;
        this.login = login;
    }

    /** Why they can't run on this machine, with the remedy; empty when they can. */
    public static Optional<String> obstacle() {
        return Found.OBSTACLE;
    }

    /** Looked for once a JVM. */
    private static final class Found {
        private static final Optional<String> OBSTACLE = Obstacle.find();
    }

    /**
     * @param scratch keeps their disks, and ends them if nobody else does
     * @throws IllegalStateException when they can't run on this machine
     */
    public static NspawnGuests start(Scratch scratch) {
        obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        var boot = scratch.write("guests/boot.sh", script("boot.sh"));
        var login = scratch.write("guests/ssh.sh", script("ssh.sh"));
        login.toFile().setExecutable(true);
        var key = SshKey.generate(scratch.folder("guests").resolve("key"));
        return new NspawnGuests(new Host(scratch, Lan.start(scratch), Programs.guestRoot(), boot), key, login);
    }

    /** A key of this world's own: a guest that is given its public key can be logged in to. */
    public SshKey key() {
        return key;
    }

    /**
     * The command line that logs in to a guest: over a port of 127.0.0.1, which stays the same for the guest's life.
     *
     * @param user such as {@code root}; {@code debian} is the default user of the guests' image
     */
    public List<String> ssh(int vmid, String user) {
        var machine =
                find(vmid).orElseThrow(() -> new IllegalArgumentException("Guest " + vmid + " has never been started"));
        return List.of(
                "ssh",
                "-p",
                Integer.toString(machine.sshPort()),
                "-i",
                key.file().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                user + "@127.0.0.1");
    }

    /** A script that logs in to guests that nobody knows of yet: {@code ssh.sh VMID USER [COMMAND…]}. */
    public Path login() {
        return login;
    }

    @Override
    public void start(Boot boot) throws IOException {
        if (closed) {
            throw new IOException("Guest " + boot.vmid() + " is not booted any more, the world ends");
        }
        machine(boot.vmid()).start(boot);
    }

    @Override
    public void stop(int vmid) {
        find(vmid).ifPresent(Machine::stop);
    }

    @Override
    public boolean shutDown(int vmid, Duration patience) throws InterruptedException {
        var machine = find(vmid);
        return machine.isEmpty() || machine.get().shutDown(patience);
    }

    @Override
    public void created(int vmid, List<String> sshPublicKeys) {
        machine(vmid).put(sshPublicKeys.isEmpty() ? Map.of() : ContainerFiles.keys(sshPublicKeys));
    }

    @Override
    public void snapshotTaken(int vmid, String name) throws IOException {
        machine(vmid).keep(name);
    }

    @Override
    public void rolledBack(int vmid, String name) throws IOException {
        machine(vmid).rollBack(name);
    }

    @Override
    public void snapshotDeleted(int vmid, String name) throws IOException {
        machine(vmid).forget(name);
    }

    @Override
    public void destroyed(int vmid) throws IOException {
        var machine = machines.remove(vmid);
        if (machine != null) {
            machine.destroy();
        }
    }

    @Override
    public void whenEnded(IntConsumer told) {
        listener = told;
    }

    @Override
    public Optional<List<Interface>> interfaces(int vmid) {
        var run = find(vmid).flatMap(Machine::current);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(run.get().interfaces());
        } catch (IOException e) {
            if (!run.get().server().alive()) {
                return Optional.empty(); // it has ended meanwhile, and its network with it
            }
            throw new UncheckedIOException("Guest " + vmid + " could not be asked for its interfaces", e);
        }
    }

    /** The ends on the bridge of the guests' network cards: {@code v100n0} is {@code net0} of guest 100. */
    public List<String> cards() throws IOException {
        return host.lan().cards();
    }

    @Override
    public void close() {
        closed = true;
        machines.values().parallelStream().forEach(Machine::stop);
        host.lan().stop();
    }

    private Optional<Machine> find(int vmid) {
        return Optional.ofNullable(machines.get(vmid));
    }

    private Machine machine(int vmid) {
        return machines.computeIfAbsent(vmid, number -> new Machine(number, host, ended -> listener.accept(ended)));
    }

    private static String script(String name) {
        try (var script = NspawnGuests.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be read", e);
        }
    }
}
