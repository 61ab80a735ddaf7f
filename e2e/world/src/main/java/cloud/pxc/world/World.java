package cloud.pxc.world;

import cloud.pxc.world.guest.NspawnGuests;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of a cloud's surroundings, each started when it is first asked for and kept until the world is closed.
 *
 * <p>Tests take a world as a parameter by {@link InWorld}: one for the whole JVM, so each names its own zones and namespaces.
 */
public final class World implements AutoCloseable {

    private final Scratch scratch = Scratch.create();
    private final NameServer.Keys keys = NameServer.Keys.random();
    private final FixedPorts ports;
    private final GuestBackend guests;
    private final Map<String, PartSlot> parts = new HashMap<>();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    /** Ports that people and samples can know beforehand; 0 is any free one; Proxmox VE takes one a node. */
    public record FixedPorts(
            int primary, int primaryControl, int secondary, int secondaryControl, int acme, int proxmox) {

        public static final FixedPorts ANY = new FixedPorts(0, 0, 0, 0, 0, 0);
    }

    public World() {
        this(FixedPorts.ANY);
    }

    public World(FixedPorts ports) {
        this(ports, GuestBackend.NONE);
    }

    /** @param guests what Proxmox VE starts */
    public World(FixedPorts ports, GuestBackend guests) {
        this.ports = ports;
        this.guests = guests;
    }

    /** The folder everything in this world writes to. */
    public Scratch scratch() {
        return scratch;
    }

    public ControlPlane controlPlane() {
        return part("control plane", () -> ControlPlane.start(scratch));
    }

    /** The name server that takes updates. */
    public NameServer primary() {
        return part("primary", () -> nameServer("primary", ports.primary(), ports.primaryControl()));
    }

    /** A name server with the same keys as the primary. */
    public NameServer secondary() {
        return part("secondary", () -> nameServer("secondary", ports.secondary(), ports.secondaryControl()));
    }

    public Database database() {
        return part("database", () -> Database.start(scratch));
    }

    /** An ACME CA that looks names up at the primary. */
    public AcmeCa acmeCa() {
        var resolver = primary();
        return part(
                "ACME CA",
                () -> AcmeCa.start(scratch, resolver, AcmeCa.Options.usual().withPort(ports.acme())));
    }

    /** Three nodes, ten times as fast as reality. */
    public SimulatedProxmox proxmox() {
        return part("Proxmox VE", () -> {
            var builder = SimulatedProxmox.builder().port(ports.proxmox());
            realGuests().ifPresent(builder::guests);
            return builder.start();
        });
    }

    /** The real guests of its Proxmox VE, for logging in to them; empty with {@link GuestBackend#NONE}. */
    public Optional<NspawnGuests> realGuests() {
        return switch (guests) {
            case NONE -> Optional.empty();
            case NSPAWN -> Optional.of(part("guests", () -> NspawnGuests.start(scratch)));
        };
    }

    /** Ends every part, the last started first, then removes the folder. */
    @Override
    public void close() {
        try (scratch) {
            for (var part = toClose.poll(); part != null; part = toClose.poll()) {
                closePart(part);
            }
        }
    }

    /** The part of that name, started by the first who asks; parts may be started side by side. */
    private <T extends AutoCloseable> T part(String name, Supplier<T> start) {
        PartSlot slot;
        synchronized (parts) {
            slot = parts.computeIfAbsent(name, unknown -> new PartSlot());
        }
        synchronized (slot) {
            if (slot.part == null) {
                slot.part = start.get();
                synchronized (parts) {
                    toClose.push(slot.part);
                }
            }
            @SuppressWarnings("unchecked") // each name is used by one method alone
            var part = (T) slot.part;
            return part;
        }
    }

    private static final class PartSlot {
        private AutoCloseable part;
    }

    private NameServer nameServer(String name, int port, int controlPort) {
        return port == 0
                ? NameServer.start(scratch, name, keys)
                : NameServer.start(scratch, name, keys, port, controlPort);
    }

    private static void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(part + " could not be closed", e);
        }
    }
}
