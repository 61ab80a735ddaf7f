package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /pools} ({@code PVE/API2/Pool.pm}). */
final class PoolCalls {
    private final Cluster cluster;
    private final Access access;
    private final Resources resources;

    PoolCalls(Platform platform, Resources resources) {
        this.cluster = platform.cluster();
        this.access = platform.access();
        this.resources = resources;
    }

    void register(Router router) {
        router.on("GET /pools", this::list);
        router.on("POST /pools", this::create);
        router.on("PUT /pools", this::update);
        router.on("DELETE /pools", this::delete);
        router.on("GET /pools/{poolid}", call -> view(call, call.text("poolid"), true));
    }

    private Object list(Call call) {
        if (call.has("poolid")) {
            access.require(call.caller(), "/pool/" + call.text("poolid"), "Pool.Audit");
            return List.of(view(call, call.text("poolid"), true));
        }
        return cluster.pools().names().stream()
                .filter(pool -> access.may(call.caller(), "/pool/" + pool, "Pool.Audit"))
                .map(pool -> view(call, pool, false))
                .toList();
    }

    private Object create(Call call) {
        cluster.checkQuorum();
        cluster.pools().create(call.text("poolid"), call.find("comment").orElse(""));
        return null;
    }

    private Object update(Call call) {
        cluster.checkQuorum();
        var pool = call.text("poolid");
        call.find("comment").ifPresent(comment -> cluster.pools().comment(pool, comment));
        for (var vmid : Formats.split(call.find("vms").orElse(""))) {
            // check_perm_modify: who may allocate a guest may also give it away.
            if (!access.may(call.caller(), "/vms/" + vmid, "VM.Allocate")) {
                access.require(call.caller(), "/vms/" + vmid, "Permissions.Modify");
            }
            if (call.flag("delete")) {
                cluster.pools().remove(pool, Integer.parseInt(vmid));
            } else {
                cluster.pools().add(pool, Integer.parseInt(vmid), call.flag("allow-move"));
            }
        }
        return null;
    }

    private Object delete(Call call) {
        cluster.checkQuorum();
        cluster.pools().delete(call.text("poolid"));
        return null;
    }

    private Map<String, Object> view(Call call, String pool, boolean members) {
        if (!cluster.pools().exists(pool)) {
            throw ApiException.failure("pool '" + pool + "' does not exist");
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("poolid", pool);
        if (!cluster.pools().commentOf(pool).isEmpty()) {
            view.put("comment", cluster.pools().commentOf(pool));
        }
        if (members) {
            var in = cluster.pools().members(pool);
            var entries = new ArrayList<Map<String, Object>>();
            for (var entry : resources.list(call.caller(), Optional.of("vm"))) {
                if (in.contains(entry.get("vmid"))) {
                    entries.add(entry);
                }
            }
            view.put("members", entries);
        }
        return view;
    }
}
