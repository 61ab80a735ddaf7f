package cloud.pxc.world.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The weather: what is broken now. Everything here is for tests and takes effect with the next call. */
public final class Faults {
    private final RandomGenerator random;
    private final List<Injected> injected = new CopyOnWriteArrayList<>();
    private final Outages outages;

    /** What can be done to the cluster itself; done by {@link SimulatedProxmox}. */
    interface Outages {
        void powerOff(String node);

        void powerOn(String node);

        void lock(int vmid, Optional<String> reason);
    }

    private record Injected(Fault fault, AtomicInteger left) {}

    Faults(RandomGenerator random, Outages outages) {
        this.random = random;
        this.outages = outages;
    }

    /** @return ends the fault when closed */
    public Injection inject(Fault fault) {
        var entry = new Injected(fault, new AtomicInteger(fault.times()));
        injected.add(entry);
        return () -> injected.remove(entry);
    }

    /** A fault that is in effect. */
    public interface Injection extends AutoCloseable {
        @Override
        void close();
    }

    /** How many faults of calls are in effect: one that was to hit some times is over once it has. */
    public int inEffect() {
        return injected.size();
    }

    /** Ends all faults of calls; nodes that are off stay off and locks stay held. */
    public void clear() {
        injected.clear();
    }

    /**
     * Takes a node's power away: its endpoint refuses connections, its tasks and guests end, calls for it through
     * another node
     * answer 595, and a cluster left with half its nodes or fewer has no quorum.
     */
    public void nodeDown(String node) {
        outages.powerOff(node);
    }

    /** Gives a node its power back; its guests stay off unless they are {@code onboot}. */
    public void nodeUp(String node) {
        outages.powerOn(node);
    }

    /** Leaves a lock on a guest, as a crashed backup does; {@code VM is locked (backup)}. */
    public void lockHeld(int vmid, String reason) {
        outages.lock(vmid, Optional.of(reason));
    }

    /** What {@code qm unlock} does. */
    public void unlock(int vmid) {
        outages.lock(vmid, Optional.empty());
    }

    /** Hands every fault that hits this call to the consumer. */
    void hit(String method, String path, Consumer<Fault.Effect> consumer) {
        for (var entry : injected) {
            if (entry.fault().concerns(method, path)
                    && random.nextDouble() < entry.fault().probability()) {
                var left = entry.left().getAndDecrement();
                if (left <= 1) {
                    injected.remove(entry);
                }
                if (left >= 1) {
                    consumer.accept(entry.fault().effect());
                }
            }
        }
    }
}
