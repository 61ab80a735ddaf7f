package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /version} and {@code /cluster}: status, resources, next VMID, options ({@code PVE/API2/Cluster.pm}). */
final class ClusterCalls {
    private static final int FIRST_VMID = 100;
    private static final int LAST_VMID = 1_000_000;

    private final Cluster cluster;
    private final Access access;
    private final Resources resources;
    private final ProxmoxVersion version;
    private final Verification verification;

    ClusterCalls(
            Cluster cluster, Access access, Resources resources, ProxmoxVersion version, Verification verification) {
        this.cluster = cluster;
        this.access = access;
        this.resources = resources;
        this.version = version;
        this.verification = verification;
    }

    void register(Router router) {
        router.on("GET /version", call -> version.answer());
        router.on("GET /nodes/{node}/version", call -> version.answer());
        router.on("GET /cluster/resources", this::resources);
        router.on("GET /cluster/status", this::status);
        router.on("GET /cluster/nextid", this::nextId);
        router.on("GET /cluster/options", this::options);
        router.on("PUT /cluster/options", this::changeOptions);
        router.on("GET /access/permissions", this::permissions);
    }

    private Object resources(Call call) {
        return resources.list(call.caller(), call.find("type"));
    }

    private Object status(Call call) {
        var entries = new ArrayList<Map<String, Object>>();
        var head = new LinkedHashMap<String, Object>();
        head.put("type", "cluster");
        head.put("id", "cluster");
        head.put("name", cluster.name());
        head.put("nodes", cluster.nodes().size());
        head.put("version", cluster.nodes().size());
        head.put("quorate", cluster.quorate() ? 1 : 0);
        entries.add(head);
        for (var node : cluster.nodes()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("type", "node");
            entry.put("id", "node/" + node.name());
            entry.put("name", node.name());
            entry.put("nodeid", node.id());
            entry.put("ip", "127.0.0.1");
            entry.put("local", node == call.endpoint() ? 1 : 0);
            entry.put("online", node.online() ? 1 : 0);
            entry.put("level", "");
            entries.add(entry);
        }
        return entries;
    }

    /** Reserves nothing: who asks at the same time gets the same number. */
    private Object nextId(Call call) {
        var asked = call.find("vmid");
        if (asked.isPresent()) {
            if (cluster.findGuest(call.number("vmid")).isPresent()) {
                throw ApiException.parameter("vmid", "VM " + asked.get() + " already exists");
            }
            return asked.get();
        }
        var range = cluster.options().containsKey("next-id")
                ? verification.propertyString("next-id", cluster.options().get("next-id"), "next-id")
                : Map.<String, String>of();
        var lower = Integer.parseInt(range.getOrDefault("lower", String.valueOf(FIRST_VMID)));
        var upper = Integer.parseInt(range.getOrDefault("upper", String.valueOf(LAST_VMID)));
        for (var vmid = lower; vmid < upper; vmid++) {
            if (cluster.findGuest(vmid).isEmpty()) {
                return String.valueOf(vmid);
            }
        }
        throw ApiException.failure("unable to get any free VMID in range [" + lower + ", " + (upper - 1) + "]");
    }

    private Object options(Call call) {
        var options = new TreeMap<String, Object>(cluster.options());
        options.putIfAbsent("mac_prefix", "BC:24:11");
        options.putIfAbsent("description", "");
        options.put("allowed-tags", List.of());
        return options;
    }

    private Object changeOptions(Call call) {
        cluster.checkQuorum();
        call.find("delete").ifPresent(list -> Arrays.stream(Formats.split(list)).forEach(cluster.options()::remove));
        call.parameters().keySet().stream().filter(key -> !key.equals("delete")).forEach(key -> cluster.options()
                .put(key, call.text(key)));
        return null;
    }

    private Object permissions(Call call) {
        var who = call.find("userid").map(Principal::new).orElse(call.caller());
        var own = who.equals(call.caller()) || who.user().equals(call.caller().id());
        if (!own) {
            access.require(call.caller(), "/access", "Sys.Audit");
        }
        return call.find("path")
                .<Object>map(path -> {
                    var flags = new TreeMap<String, Integer>();
                    access.privileges(who, path).forEach(privilege -> flags.put(privilege, 1));
                    return Map.of(path, flags);
                })
                .orElseGet(() -> access.dump(who));
    }
}
