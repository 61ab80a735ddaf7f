package cloud.pxc.world.proxmox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code /storage} and {@code /nodes/{node}/storage}: what there is, how full it is, what is on it ({@code
 * PVE/API2/Storage}).
 */
final class StorageCalls {
    private final Access access;
    private final Tasks tasks;
    private final Storages storages;
    private final VolumeAccess volumeAccess;

    StorageCalls(Platform platform) {
        this.access = platform.access();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.volumeAccess = new VolumeAccess(access);
    }

    void register(Router router) {
        router.on("GET /storage", this::configuration);
        router.on("GET /nodes/{node}/storage", this::list);
        router.on(
                "GET /nodes/{node}/storage/{storage}/status",
                call -> status(storages.enabled(call.text("storage"), call.text("node")), call.text("node")));
        router.on("GET /nodes/{node}/storage/{storage}/content", this::content);
        router.on("GET /nodes/{node}/storage/{storage}/content/{volume}", this::volume);
        router.on("DELETE /nodes/{node}/storage/{storage}/content/{volume}", this::delete);
    }

    private Object configuration(Call call) {
        return storages.specs().stream()
                .filter(spec -> visible(call, spec))
                .filter(spec ->
                        call.find("type").map(spec.kind().type()::equals).orElse(true))
                .map(spec -> {
                    var entry = new LinkedHashMap<String, Object>();
                    entry.put("storage", spec.name());
                    entry.put("type", spec.kind().type());
                    entry.put("content", String.join(",", spec.content()));
                    if (spec.shared()) {
                        entry.put("shared", 1);
                    }
                    if (!spec.nodes().isEmpty()) {
                        entry.put("nodes", String.join(",", spec.nodes()));
                    }
                    switch (spec.kind()) {
                        case DIR -> entry.put("path", "/var/lib/vz");
                        case LVM_THIN -> {
                            entry.put("vgname", "pve");
                            entry.put("thinpool", "data");
                        }
                    }
                    return entry;
                })
                .toList();
    }

    private Object list(Call call) {
        var node = call.text("node");
        var wanted = call.find("content").map(Formats::split).map(List::of).orElse(List.of());
        call.find("storage")
                .filter(name ->
                        storages.specs().stream().noneMatch(spec -> spec.name().equals(name)))
                .ifPresent(name -> {
                    throw ApiException.parameter("storage", "No such storage.");
                });
        return storages.specs().stream()
                .filter(spec -> spec.enabledOn(node) && visible(call, spec))
                .filter(spec -> call.find("storage").map(spec.name()::equals).orElse(true))
                .filter(spec -> wanted.isEmpty() || wanted.stream().anyMatch(spec.content()::contains))
                .filter(spec -> call.find("target")
                        .filter(target -> !target.equals(node))
                        .map(target -> spec.shared() && spec.enabledOn(target))
                        .orElse(true))
                .map(spec -> {
                    var entry = status(spec, node);
                    entry.put("storage", spec.name());
                    entry.put("used_fraction", (double) storages.usedBytes(spec, node) / spec.capacityBytes());
                    return entry;
                })
                .toList();
    }

    private boolean visible(Call call, StorageSpec spec) {
        return access.may(call.caller(), "/storage/" + spec.name(), "Datastore.Audit", "Datastore.AllocateSpace");
    }

    private Map<String, Object> status(StorageSpec spec, String node) {
        var used = storages.usedBytes(spec, node);
        var entry = new LinkedHashMap<String, Object>();
        entry.put("type", spec.kind().type());
        entry.put("content", String.join(",", spec.content()));
        entry.put("active", 1);
        entry.put("enabled", 1);
        entry.put("shared", spec.shared() ? 1 : 0);
        entry.put("total", spec.capacityBytes());
        entry.put("used", used);
        entry.put("avail", Math.max(0, spec.capacityBytes() - used));
        return entry;
    }

    private Object content(Call call) {
        var spec = storages.enabled(call.text("storage"), call.text("node"));
        return storages.list(spec, call.text("node")).stream()
                .filter(volume ->
                        call.find("content").map(volume.content()::equals).orElse(true))
                .filter(volume -> !call.has("vmid") || volume.vmid().orElse(-1) == call.number("vmid"))
                .filter(volume -> volumeAccess.mayRead(call.caller(), volume.volid()))
                .map(Volume::entry)
                .toList();
    }

    private Object volume(Call call) {
        var volid = volid(call);
        volumeAccess.check(call.caller(), volid, OptionalInt.empty());
        storages.enabled(Storages.storageOf(volid), call.text("node"));
        var volume = storages.find(volid, call.text("node"))
                .orElseThrow(() -> ApiException.failure("volume_size_info on '" + volid + "' failed - no format"));
        return Map.of(
                "path", storages.path(volume),
                "size", volume.sizeBytes(),
                "used", volume.usedBytes(),
                "format", volume.format());
    }

    private Object delete(Call call) {
        var volid = volid(call);
        var storage = Storages.storageOf(volid);
        storages.enabled(storage, call.text("node"));
        access.require(call.caller(), "/storage/" + storage, "Datastore.Allocate");
        var owner = storages.find(volid, call.text("node"))
                .filter(volume -> volume.vmid().isPresent())
                .map(volume -> volume.vmid().getAsInt() + "@")
                .orElse("");
        return tasks.fork(call, "imgdel", owner + storage, log -> {
            if (storages.hasClones(volid, call.text("node"))) {
                throw ApiException.failure("base volume '" + volid.substring(volid.indexOf(':') + 1)
                        + "' is still in use by linked clones");
            }
            log.work();
            storages.free(volid, call.text("node"));
            log.line("Removed volume '" + volid + "'");
        });
    }

    private static String volid(Call call) {
        var volume = call.text("volume");
        if (!volume.contains(":")) {
            return call.text("storage") + ":" + volume;
        }
        if (!Storages.storageOf(volume).equals(call.text("storage"))) {
            throw ApiException.parameter(
                    "volume",
                    "storage ID mismatch (" + Storages.storageOf(volume) + " != " + call.text("storage") + ")\n");
        }
        return volume;
    }
}
