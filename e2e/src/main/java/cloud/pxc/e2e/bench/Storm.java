package cloud.pxc.e2e.bench;

import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** All that can befall the simulated Proxmox VE: calls that go wrong, nodes without power, no quorum, locks that stay. */
final class Storm implements AutoCloseable {

    private static final List<String> NODES = List.of("pve1", "pve2", "pve3");
    private static final List<String> LOCKS = List.of("backup", "snapshot", "migrate");
    private static final double SHARE = 0.1;
    /** Gusts that something lasts for. */
    private static final int LONGEST = 4;

    private enum Kind {
        NONE,
        CALLS,
        NODE,
        QUORUM,
        LOCK
    }

    private final SimulatedProxmox proxmox;
    private final Random random;
    private final Set<String> down = new HashSet<>();
    private final Deque<Integer> locked = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int left;

    Storm(SimulatedProxmox proxmox, Random random) {
        this.proxmox = proxmox;
        this.random = random;
    }

    /** Another gust: what was ends after a while, and something else begins. */
    void blow() {
        if (left-- > 0) {
            return;
        }
        calm();
        left = random.nextInt(LONGEST);
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        counts.merge(kind.name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
        switch (kind) {
            case NONE -> {}
            case CALLS -> Weather.of(proxmox, SHARE);
            case NODE -> powerOff(1);
            case QUORUM -> powerOff(2);
            case LOCK -> lock();
        }
    }

    void calm() {
        proxmox.faults().clear();
        down.forEach(proxmox.faults()::nodeUp);
        down.clear();
        while (!locked.isEmpty()) {
            var vmid = locked.poll();
            if (proxmox.guests().stream().anyMatch(guest -> guest.vmid() == vmid)) {
                proxmox.faults().unlock(vmid);
            }
        }
    }

    /** How often what came. */
    Map<String, Integer> counts() {
        return new HashMap<>(counts);
    }

    private void powerOff(int nodes) {
        var first = random.nextInt(NODES.size());
        for (var number = 0; number < nodes; number++) {
            var node = NODES.get((first + number) % NODES.size());
            proxmox.faults().nodeDown(node);
            down.add(node);
        }
    }

    private void lock() {
        var guests = proxmox.guests().stream()
                .filter(guest -> !guest.config().containsKey("lock"))
                .toList();
        for (var number = 0; number < Math.min(2, guests.size()); number++) {
            var vmid = guests.get(random.nextInt(guests.size())).vmid();
            proxmox.faults().lockHeld(vmid, LOCKS.get(random.nextInt(LOCKS.size())));
            locked.add(vmid);
        }
    }

    @Override
    public void close() {
        calm();
    }
}
