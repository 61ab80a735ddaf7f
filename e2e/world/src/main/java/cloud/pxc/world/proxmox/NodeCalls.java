package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code /nodes}: the nodes, their status and network ({@code PVE/API2/Nodes.pm}). */
final class NodeCalls {
    private static final long GIBIBYTE = 1L << 30;
    private static final int LAST_VLAN = 4094;
    private static final long ROOT_DISK = 64 * GIBIBYTE;

    private final Cluster cluster;
    private final Access access;
    private final ProxmoxVersion version;
    private final Set<String> bridges;

    /** @param bridges names of the bridges that each node has */
    NodeCalls(Cluster cluster, Access access, ProxmoxVersion version, Set<String> bridges) {
        this.cluster = cluster;
        this.access = access;
        this.version = version;
        this.bridges = bridges;
    }

    void register(Router router) {
        router.on("GET /nodes", this::list);
        router.on("GET /nodes/{node}/status", this::status);
        router.on("GET /nodes/{node}/network", this::network);
    }

    /** @param stats whether the caller may see how busy it is */
    static Map<String, Object> entry(Node node, Cluster cluster, boolean stats) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", "node/" + node.name());
        entry.put("node", node.name());
        entry.put("type", "node");
        entry.put("status", node.online() ? "online" : "offline");
        entry.put("level", "");
        if (stats) {
            entry.put("ssl_fingerprint", node.fingerprint());
            entry.put("maxcpu", node.spec().cores());
            entry.put("maxmem", node.spec().memoryBytes());
            entry.put("maxdisk", ROOT_DISK);
            if (node.online()) {
                entry.put("cpu", 0.02);
                entry.put("mem", usedMemory(node, cluster));
                entry.put("disk", ROOT_DISK / 8);
                entry.put("uptime", cluster.since(node.bootedAt()).toSeconds());
            }
        }
        return entry;
    }

    private Object list(Call call) {
        return cluster.nodes().stream()
                .map(node -> entry(node, cluster, access.may(call.caller(), "/nodes/" + node.name(), "Sys.Audit")))
                .toList();
    }

    private Object status(Call call) {
        var node = cluster.node(call.text("node"));
        var used = usedMemory(node, cluster);
        var free = Math.max(0, node.spec().memoryBytes() - used);
        var status = new LinkedHashMap<String, Object>();
        status.put("uptime", cluster.since(node.bootedAt()).toSeconds());
        status.put("pveversion", version.packageName());
        status.put("cpu", 0.02);
        status.put("wait", 0);
        status.put("idle", 0);
        status.put("loadavg", List.of("0.10", "0.12", "0.08"));
        status.put(
                "cpuinfo",
                Map.of("cpus", node.spec().cores(), "cores", node.spec().cores(), "sockets", 1, "user_hz", 100));
        status.put("memory", Map.of("total", node.spec().memoryBytes(), "used", used, "free", free, "available", free));
        status.put("swap", Map.of("total", 0, "used", 0, "free", 0));
        status.put(
                "rootfs",
                Map.of(
                        "total",
                        ROOT_DISK,
                        "used",
                        ROOT_DISK / 8,
                        "free",
                        ROOT_DISK * 7 / 8,
                        "avail",
                        ROOT_DISK * 7 / 8));
        return status;
    }

    private Object network(Call call) {
        var type = call.find("type").orElse("");
        var interfaces = new ArrayList<Map<String, Object>>();
        if (Set.of("", "eth").contains(type)) {
            interfaces.add(Map.of("iface", "eno1", "type", "eth", "active", 1, "exists", 1, "method", "manual"));
        }
        if (Set.of("", "bridge", "any_bridge", "any_local_bridge", "include_sdn")
                .contains(type)) {
            bridges.stream()
                    .filter(bridge -> shown(call.caller(), bridge))
                    .forEach(bridge -> interfaces.add(Map.of(
                            "iface",
                            bridge,
                            "type",
                            "bridge",
                            "active",
                            1,
                            "autostart",
                            1,
                            "bridge_ports",
                            "eno1",
                            "method",
                            "manual")));
        }
        return interfaces;
    }

    /** {@code check_sdn_bridge}: rights on one VLAN of the bridge are enough. */
    private boolean shown(Principal caller, String bridge) {
        var path = "/sdn/zones/localnetwork/" + bridge;
        return access.may(caller, path, "SDN.Audit", "SDN.Use")
                || IntStream.rangeClosed(1, LAST_VLAN)
                        .anyMatch(tag -> access.may(caller, path + "/" + tag, "SDN.Audit", "SDN.Use"));
    }

    private static long usedMemory(Node node, Cluster cluster) {
        return GIBIBYTE
                + cluster.guests().stream()
                        .filter(guest -> guest.node().equals(node.name()) && guest.running())
                        .mapToLong(GuestStatus::memoryBytes)
                        .sum();
    }
}
