package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /cluster/resources}. Which guests there are, their tags and locks is current; what they do is what
 * pvestatd last
 * broadcast, which it does every 10 s.
 */
final class Resources {
    private static final Duration BROADCAST_INTERVAL = Duration.ofSeconds(10);
    private static final List<String> BROADCAST = List.of(
            "name", "status", "uptime", "cpu", "maxmem", "mem", "memhost", "maxdisk", "disk", "netin", "netout");

    private final Cluster cluster;
    private final Access access;
    private final Storages storages;
    private final Map<Integer, Map<String, Object>> broadcast = new HashMap<>();
    private Instant broadcastAt = Instant.MIN;

    Resources(Cluster cluster, Access access, Storages storages) {
        this.cluster = cluster;
        this.access = access;
        this.storages = storages;
    }

    List<Map<String, Object>> list(Principal caller, Optional<String> type) {
        var entries = new ArrayList<Map<String, Object>>();
        if (type.isEmpty()) {
            entries.addAll(pools(caller));
        }
        if (type.isEmpty() || type.get().equals("vm")) {
            entries.addAll(guests(caller));
        }
        if (type.isEmpty() || type.get().equals("node")) {
            entries.addAll(nodes(caller));
        }
        if (type.isEmpty() || type.get().equals("storage")) {
            entries.addAll(storages(caller));
        }
        return entries;
    }

    private List<Map<String, Object>> pools(Principal caller) {
        return cluster.pools().names().stream()
                .filter(pool -> access.may(caller, "/pool/" + pool, "Pool.Audit"))
                .map(pool -> Map.<String, Object>of("id", "/pool/" + pool, "pool", pool, "type", "pool"))
                .toList();
    }

    private List<Map<String, Object>> guests(Principal caller) {
        var known = lastBroadcast();
        var entries = new ArrayList<Map<String, Object>>();
        for (var guest : cluster.guests()) {
            if (!access.may(caller, "/vms/" + guest.vmid(), "VM.Audit")) {
                continue;
            }
            var entry = new LinkedHashMap<String, Object>();
            entry.put("id", guest.kind().type() + "/" + guest.vmid());
            entry.put("vmid", guest.vmid());
            entry.put("node", guest.node());
            entry.put("type", guest.kind().type());
            entry.put("status", "unknown");
            if (cluster.node(guest.node()).online() && known.containsKey(guest.vmid())) {
                entry.putAll(known.get(guest.vmid()));
            }
            guest.lockReason().ifPresent(lock -> entry.put("lock", lock));
            guest.setting("tags").ifPresent(tags -> entry.put("tags", tags));
            cluster.pools()
                    .of(guest.vmid())
                    .filter(pool -> access.may(caller, "/pool/" + pool, "Pool.Audit"))
                    .ifPresent(pool -> entry.put("pool", pool));
            entries.add(entry);
        }
        return entries;
    }

    private List<Map<String, Object>> nodes(Principal caller) {
        return cluster.nodes().stream()
                .map(node -> {
                    var entry =
                            NodeCalls.entry(node, cluster, access.may(caller, "/nodes/" + node.name(), "Sys.Audit"));
                    entry.remove("ssl_fingerprint");
                    entry.put("cgroup-mode", 2);
                    return entry;
                })
                .toList();
    }

    private List<Map<String, Object>> storages(Principal caller) {
        var entries = new ArrayList<Map<String, Object>>();
        for (var storage : storages.specs()) {
            if (!access.may(caller, "/storage/" + storage.name(), "Datastore.Audit")) {
                continue;
            }
            for (var node : cluster.nodes()) {
                if (storage.enabledOn(node.name())) {
                    entries.add(storage(storage, node));
                }
            }
        }
        return entries;
    }

    private Map<String, Object> storage(StorageSpec storage, Node node) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", "storage/" + node.name() + "/" + storage.name());
        entry.put("storage", storage.name());
        entry.put("node", node.name());
        entry.put("type", "storage");
        entry.put("plugintype", storage.kind().type());
        entry.put("shared", storage.shared() ? 1 : 0);
        entry.put("content", String.join(",", storage.content()));
        entry.put("status", node.online() ? "available" : "unknown");
        if (node.online()) {
            entry.put("maxdisk", storage.capacityBytes());
            entry.put("disk", storages.usedBytes(storage, node.name()));
        }
        return entry;
    }

    private synchronized Map<Integer, Map<String, Object>> lastBroadcast() {
        var now = cluster.time().now();
        if (broadcastAt.equals(Instant.MIN)
                || Duration.between(broadcastAt, now).compareTo(cluster.time().real(BROADCAST_INTERVAL)) >= 0) {
            broadcastAt = now;
            broadcast.clear();
            cluster.guests().forEach(guest -> broadcast.put(guest.vmid(), stats(guest)));
        }
        return Map.copyOf(broadcast);
    }

    private Map<String, Object> stats(Guest guest) {
        var current = GuestStatus.entry(guest, cluster);
        var stats = new LinkedHashMap<String, Object>();
        BROADCAST.stream().filter(current::containsKey).forEach(field -> stats.put(field, current.get(field)));
        stats.put("maxcpu", current.get("cpus"));
        stats.put("template", guest.isTemplate() ? 1 : 0);
        stats.put("diskread", 0);
        stats.put("diskwrite", 0);
        return stats;
    }
}
