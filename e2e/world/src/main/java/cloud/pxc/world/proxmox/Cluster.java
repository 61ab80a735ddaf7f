package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/**
 * The state that all nodes share: nodes, guests, pools, options. Configuration of a guest is changed under the guest's
 * own lock.
 */
final class Cluster {
    private final String name;
    private final ScaledTime time;
    private final RandomGenerator random;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final ConcurrentSkipListMap<Integer, Guest> guests = new ConcurrentSkipListMap<>();
    private final Map<String, String> options = new ConcurrentHashMap<>();
    private final Pools pools = new Pools();
    private final HaResources ha = new HaResources();

    Cluster(String name, ScaledTime time, RandomGenerator random, List<Node> nodes) {
        this.name = name;
        this.time = time;
        this.random = random;
        nodes.forEach(node -> this.nodes.put(node.name(), node));
    }

    String name() {
        return name;
    }

    ScaledTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    Optional<Node> findNode(String node) {
        return Optional.ofNullable(nodes.get(node));
    }

    Node node(String node) {
        return findNode(node).orElseThrow(() -> new IllegalArgumentException("There is no node " + node));
    }

    boolean quorate() {
        return nodes.values().stream().filter(Node::online).count() * 2 > nodes.size();
    }

    /** @throws ApiException when fewer than most of the nodes are online: {@code check_cfs_quorum} */
    void checkQuorum() {
        if (!quorate()) {
            throw ApiException.failure("cluster not ready - no quorum?");
        }
    }

    Collection<Guest> guests() {
        return guests.values();
    }

    Optional<Guest> findGuest(int vmid) {
        return Optional.ofNullable(guests.get(vmid));
    }

    /** @throws ApiException when there is no such guest of this kind on this node */
    Guest guest(Guest.Kind kind, String node, int vmid) {
        return findGuest(vmid)
                .filter(guest -> guest.kind() == kind && guest.node().equals(node))
                .orElseThrow(() -> ApiException.failure(
                        "Configuration file '" + new Guest(kind, vmid, node).configFile() + "' does not exist"));
    }

    /** Takes a VMID, atomically. @return the guest, with an empty configuration; empty when the VMID is taken */
    Optional<Guest> addGuest(Guest.Kind kind, int vmid, String node) {
        var guest = new Guest(kind, vmid, node);
        return guests.putIfAbsent(vmid, guest) == null ? Optional.of(guest) : Optional.empty();
    }

    void removeGuest(Guest guest) {
        guests.remove(guest.vmid(), guest);
        pools.forget(guest.vmid());
        ha.remove(HaResources.sid(guest));
    }

    Map<String, String> options() {
        return options;
    }

    Pools pools() {
        return pools;
    }

    HaResources ha() {
        return ha;
    }

    Duration since(Instant moment) {
        return Duration.between(moment, time.now());
    }

    /** A new address with the cluster's prefix. */
    String randomMac() {
        var bytes = new byte[3];
        random.nextBytes(bytes);
        var prefix = options.getOrDefault("mac_prefix", "BC:24:11");
        return prefix + ":%02X:%02X:%02X".formatted(bytes[0], bytes[1], bytes[2]);
    }
}
