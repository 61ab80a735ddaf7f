package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code POST …/clone}. The target exists from the first moment, locked; the source is held for the whole copy: shared
 * while it is
 * stopped, exclusive while it runs.
 */
@SuppressWarnings("try") // a lock is held, not used
final class QemuClone {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Tasks tasks;
    private final Storages storages;
    private final Access access;
    private final QemuDisks disks;
    private final Networks networks;

    QemuClone(Platform platform, QemuDisks disks, Networks networks) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.access = platform.access();
        this.disks = disks;
        this.networks = networks;
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/qemu/{vmid}/clone", this::cloneGuest);
    }

    private Object cloneGuest(Call call) {
        var node = call.text("node");
        var target = call.find("target").filter(other -> !other.equals(node)).orElse(node);
        var source = checkTarget(call, target);
        var full = call.has("full") ? call.flag("full") : !source.isTemplate();
        checkSource(call, source, full, target);
        var newId = call.number("newid");
        if (cluster.findGuest(newId).isPresent()) {
            throw taken(newId);
        }
        return tasks.fork(call, "qmclone", call.text("vmid"), log -> {
            try (var held = source.running()
                    ? source.fileLock().exclusive(cluster.time(), WAIT)
                    : source.fileLock().shared(cluster.time(), WAIT)) {
                checkSource(call, source, full, target);
                var clone = cluster.addGuest(Guest.Kind.QEMU, newId, target).orElseThrow(() -> taken(newId));
                try (var heldToo = clone.fileLock().exclusive(cluster.time(), WAIT)) {
                    copy(call, source, clone, full, log);
                }
            }
        });
    }

    private static ApiException taken(int vmid) {
        return ApiException.failure("unable to create VM " + vmid + ": config file already exists");
    }

    private Guest checkTarget(Call call, String target) {
        call.find("pool").filter(pool -> !cluster.pools().exists(pool)).ifPresent(pool -> {
            throw ApiException.failure("pool '" + pool + "' does not exist");
        });
        if (cluster.findNode(target).isEmpty()) {
            throw ApiException.failure("no such cluster node '" + target + "'");
        }
        call.find("storage").ifPresent(storage -> {
            var spec = storages.enabled(storage, call.text("node"));
            if (!spec.content().contains("images")) {
                throw ApiException.parameter("storage", "storage '" + storage + "' does not support vm images");
            }
            if (!target.equals(call.text("node"))) {
                storages.enabled(storage, target);
                if (!spec.shared()) {
                    throw ApiException.failure("can't clone to non-shared storage '" + storage + "'");
                }
            }
        });
        cluster.checkQuorum();
        if (call.has("snapname")) {
            throw ApiException.failure("snapshot '" + call.text("snapname") + "' does not exist");
        }
        return cluster.guest(Guest.Kind.QEMU, call.text("node"), call.number("vmid"));
    }

    private void checkSource(Call call, Guest source, boolean full, String target) {
        source.checkLock();
        for (var parameter : List.of("storage", "format")) {
            if (call.has(parameter) && !full) {
                throw ApiException.failure("parameter '" + parameter + "' not allowed for linked clones");
            }
        }
        networks.checkAccess(call.caller(), source.config());
        source.config().forEach((key, drive) -> {
            if (!Drives.isDrive(Guest.Kind.QEMU, key) || !drive.contains(":")) {
                return;
            }
            var volid = Drives.volume(drive);
            var storage = storages.spec(Storages.storageOf(volid));
            if (!Drives.isCdrom(drive) || Drives.isCloudInit(drive)) {
                access.require(
                        call.caller(),
                        "/storage/" + call.find("storage").orElse(storage.name()),
                        "Datastore.AllocateSpace");
            }
            if (!storage.shared() && !target.equals(source.node())) {
                throw ApiException.failure("can't clone VM to node '" + target + "' (VM uses local storage)");
            }
            if (!full && !Drives.isCdrom(drive) && !volid.contains("base-")) {
                throw ApiException.failure("Linked clone feature is not supported for '" + volid + "' (" + key + ")");
            }
        });
    }

    private void copy(Call call, Guest source, Guest clone, boolean full, TaskLog log) throws InterruptedException {
        clone.change(config -> {
            config.put("lock", "clone");
            config.put("description", " qmclone temporary file");
        });
        log.line("creating a clone of VM " + source.vmid() + " with ID " + clone.vmid());
        var volumes = new ArrayList<Volume>();
        try {
            var config = inherited(source);
            for (var key : new TreeMap<>(config).keySet()) {
                if (Drives.isDrive(Guest.Kind.QEMU, key)) {
                    config.put(key, drive(call, source, clone, full, key, volumes, log));
                }
            }
            log.work();
            config.put(
                    "name",
                    call.find("name")
                            .orElse("Copy-of-VM-" + source.setting("name").orElse("" + source.vmid())));
            call.find("description").ifPresent(text -> config.put("description", text));
            clone.change(stored -> {
                stored.clear();
                stored.putAll(config);
            });
            call.find("pool").ifPresent(pool -> cluster.pools().add(pool, clone.vmid(), false));
        } catch (ApiException e) {
            undo(clone, volumes);
            throw ApiException.failure("clone failed: " + e.inTask());
        } catch (InterruptedException e) {
            undo(clone, volumes);
            throw ApiException.failure(
                    source.running()
                            ? "clone failed: block job (mirror) error: interrupted by signal"
                            : "clone failed: copy failed: interrupted by signal");
        }
    }

    private void undo(Guest clone, List<Volume> volumes) {
        volumes.forEach(volume -> storages.free(volume.volid(), clone.node()));
        cluster.removeGuest(clone);
    }

    /** Everything but what is the source's own: its MACs, ids, unused disks, and that it is a template. */
    private TreeMap<String, String> inherited(Guest source) {
        var config = source.config();
        config.keySet().removeIf(key -> Drives.isUnused(key) || key.equals("template") || key.matches("lock|parent"));
        config.replaceAll((key, value) -> key.matches("net\\d+") ? networks.complete(value, true) : value);
        config.put("smbios1", "uuid=" + QemuCalls.uuid(cluster));
        config.computeIfPresent("vmgenid", (key, value) -> QemuCalls.uuid(cluster));
        return config;
    }

    private String drive(
            Call call, Guest source, Guest clone, boolean full, String key, List<Volume> volumes, TaskLog log) {
        var text = source.setting(key).orElseThrow();
        if (Drives.isCdrom(text) && !Drives.isCloudInit(text)) {
            return text;
        }
        var volid = Drives.volume(text);
        var from = storages.find(volid, source.node())
                .orElseThrow(() -> ApiException.failure("volume '" + volid + "' does not exist"));
        var spec = storages.spec(call.find("storage").orElse(from.storage()));
        var drive = disks.parse(key, text);
        Volume made;
        if (Drives.isCloudInit(text)) {
            log.line("create full clone of drive " + key + " (" + volid + ")");
            made = storages.allocateCloudInit(spec, clone.node(), clone.vmid());
            disks.logAllocation(made, log::line);
            log.line("allocated target volume '" + made.volid() + "'");
        } else if (full) {
            log.line("create full clone of drive " + key + " (" + volid + ")");
            made = allocate(call, spec, clone, from, Optional.empty());
            disks.logAllocation(made, log::line);
            log.line("allocated target volume '" + made.volid() + "'");
        } else {
            log.line("create linked clone of drive " + key + " (" + volid + ")");
            // Thin volumes are snapshots that do not know where they come from.
            var base = spec.kind() == StorageSpec.Kind.DIR ? Optional.of(from.volid()) : Optional.<String>empty();
            made = allocate(call, spec, clone, from, base);
            log.line(
                    spec.kind() == StorageSpec.Kind.DIR
                            ? "clone " + from.name() + ": images, " + fileName(made) + ", " + clone.vmid() + " to "
                                    + fileName(made) + " (base=../" + from.name() + ")"
                            : "  Logical volume \"" + made.name() + "\" created.");
        }
        volumes.add(made);
        drive.put("file", shown(made, from));
        drive.put("size", Drives.printSize(made.sizeBytes()));
        return QemuDisks.print(drive);
    }

    private Volume allocate(Call call, StorageSpec spec, Guest clone, Volume from, Optional<String> base) {
        var format = QemuDisks.formatOn(spec, call.find("format").orElse(null), from.format());
        return storages.allocate(spec, clone.node(), clone.vmid(), "images", format, from.sizeBytes(), base);
    }

    private static String fileName(Volume volume) {
        return volume.name().replaceFirst("^.*/", "");
    }

    private static String shown(Volume made, Volume from) {
        return made.parent().isPresent() ? from.volid() + "/" + made.name() : made.volid();
    }
}
