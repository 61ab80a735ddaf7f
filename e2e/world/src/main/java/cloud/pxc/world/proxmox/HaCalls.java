package cloud.pxc.world.proxmox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@code /cluster/ha/resources} ({@code PVE/API2/HA/Resources.pm} of 9.x, where groups have become rules). */
final class HaCalls {
    private final Cluster cluster;
    private final HaRounds manager;

    HaCalls(Cluster cluster, HaRounds manager) {
        this.cluster = cluster;
        this.manager = manager;
    }

    void register(Router router) {
        router.on("GET /cluster/ha/resources", call -> cluster.ha().sids().stream()
                .map(this::view)
                .filter(view -> call.find("type").stream().allMatch(view.get("type")::equals))
                .toList());
        router.on("POST /cluster/ha/resources", this::create);
        router.on("GET /cluster/ha/resources/{sid}", call -> view(existing(call)));
        router.on("PUT /cluster/ha/resources/{sid}", this::update);
        router.on("DELETE /cluster/ha/resources/{sid}", this::delete);
    }

    private Object create(Call call) {
        cluster.checkQuorum();
        var sid = sid(call);
        refuseGroups(call);
        var guest = guest(sid);
        if (!cluster.ha().add(sid, settings(call))) {
            throw ApiException.failure("resource ID '" + sid + "' already defined");
        }
        manager.nextRound(guest);
        return null;
    }

    private Object update(Call call) {
        var sid = existing(call);
        refuseGroups(call);
        cluster.ha().change(sid, settings -> {
            settings.putAll(settings(call));
            call.find("delete")
                    .ifPresent(list -> Arrays.stream(Formats.split(list)).forEach(settings::remove));
            return settings;
        });
        manager.nextRound(guest(sid));
        return null;
    }

    private Object delete(Call call) {
        var sid = sid(call);
        if (!cluster.ha().remove(sid)) {
            throw ApiException.failure("cannot delete service '" + sid + "', not HA managed!");
        }
        return null;
    }

    private static void refuseGroups(Call call) {
        if (call.has("group")) {
            throw ApiException.failure("invalid parameter 'group': ha groups have been migrated to rules");
        }
    }

    private static Map<String, String> settings(Call call) {
        var settings = new TreeMap<String, String>();
        for (var key : new String[] {"comment", "failback", "max_relocate", "max_restart", "state"}) {
            call.find(key).ifPresent(value -> settings.put(key, value));
        }
        return settings;
    }

    private Map<String, Object> view(String sid) {
        var view = new LinkedHashMap<String, Object>();
        view.put("sid", sid);
        view.put("type", sid.substring(0, sid.indexOf(':')));
        cluster.ha()
                .find(sid)
                .orElse(Map.of())
                .forEach((key, value) -> view.put(
                        key,
                        value.matches("\\d+") && !key.equals("comment") ? (Object) Integer.valueOf(value) : value));
        view.put("digest", "0".repeat(40));
        return view;
    }

    private String existing(Call call) {
        var sid = sid(call);
        if (cluster.ha().find(sid).isEmpty()) {
            throw ApiException.failure("no such resource '" + sid + "'");
        }
        return sid;
    }

    private Guest guest(String sid) {
        var kind = sid.startsWith("vm:") ? Guest.Kind.QEMU : Guest.Kind.LXC;
        var vmid = Integer.parseInt(sid.substring(sid.indexOf(':') + 1));
        return cluster.findGuest(vmid)
                .filter(guest -> guest.kind() == kind)
                .orElseThrow(() -> ApiException.failure(
                        "Configuration file '" + new Guest(kind, vmid, "").configFile() + "' does not exist"));
    }

    private String sid(Call call) {
        var sid = call.text("sid");
        if (sid.matches("\\d+")) {
            return cluster.findGuest(Integer.parseInt(sid))
                    .map(HaResources::sid)
                    .orElseThrow(() ->
                            ApiException.failure("unable to detect SID from VMID - VM/CT " + sid + " does not exist"));
        }
        if (!sid.matches("(vm|ct):\\d+")) {
            throw ApiException.failure("unable to parse service id '" + sid + "'");
        }
        return sid;
    }
}
