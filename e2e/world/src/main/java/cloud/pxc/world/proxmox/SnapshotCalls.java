package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code …/snapshot} of both kinds of guests ({@code PVE/AbstractConfig.pm}): list, take, roll back, delete. */
@SuppressWarnings("try") // a lock is held, not used
final class SnapshotCalls {
    private final Cluster cluster;
    private final Tasks tasks;
    private final SnapshotVolumes volumes;
    private final Boots boots;
    private final HaRounds ha;

    SnapshotCalls(Platform platform, Boots boots, HaRounds ha) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.volumes =
                new SnapshotVolumes(platform.storages(), platform.cluster().time());
        this.boots = boots;
        this.ha = ha;
    }

    void register(Router router) {
        for (var kind : Guest.Kind.values()) {
            var path = "/nodes/{node}/" + kind.type() + "/{vmid}/snapshot";
            router.on("GET " + path, call -> list(guest(call, kind)));
            router.on("POST " + path, call -> take(call, kind));
            router.on("GET " + path + "/{snapname}/config", call -> settings(guest(call, kind), call.text("snapname")));
            router.on("POST " + path + "/{snapname}/rollback", call -> rollBack(call, kind));
            router.on("DELETE " + path + "/{snapname}", call -> delete(call, kind));
        }
    }

    private static Object list(Guest guest) {
        var entries = new ArrayList<Map<String, Object>>();
        guest.snapshots().values().forEach(snapshot -> {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", snapshot.name());
            entry.put("snaptime", snapshot.epochSecond());
            if (guest.kind() == Guest.Kind.QEMU) {
                entry.put("vmstate", snapshot.memory().isPresent() ? 1 : 0);
            }
            entry.put("description", snapshot.description());
            snapshot.parent().ifPresent(parent -> entry.put("parent", parent));
            snapshot.state().ifPresent(state -> entry.put("snapstate", state));
            entries.add(entry);
        });
        var current = new LinkedHashMap<String, Object>();
        current.put("name", "current");
        current.put("digest", guest.digest());
        current.put("running", guest.running() ? 1 : 0);
        current.put("description", "You are here!");
        guest.setting("parent").ifPresent(parent -> current.put("parent", parent));
        entries.add(current);
        return entries;
    }

    private static Object settings(Guest guest, String name) {
        var snapshot = guest.snapshots().get(name);
        if (snapshot == null) {
            throw ApiException.failure("snapshot '" + name + "' does not exist");
        }
        var settings = new TreeMap<String, Object>(snapshot.config());
        settings.put("snaptime", snapshot.epochSecond());
        snapshot.memory().ifPresent(volume -> settings.put("vmstate", volume));
        snapshot.state().ifPresent(state -> settings.put("snapstate", state));
        return settings;
    }

    private Object take(Call call, Guest.Kind kind) {
        var name = call.text("snapname");
        var reserved = kind == Guest.Kind.QEMU ? name.equalsIgnoreCase("pending") : name.equals("vzdump");
        if (name.equals("current") || reserved) {
            throw ApiException.failure("unable to use snapshot name '" + name + "' (reserved name)");
        }
        if (kind == Guest.Kind.QEMU) {
            guest(call, kind);
        }
        return fork(call, kind, "snapshot", (guest, log) -> {
            var prepared = prepare(guest, name, call, log);
            try {
                volumes.tellOfTaking(guest, name, log::line);
                log.work();
                boots.snapshotTaken(guest, name);
            } catch (ApiException | InterruptedException e) {
                log.line("snapshot create failed: starting cleanup");
                remove(guest, prepared);
                throw e;
            }
            locked(guest, () -> {
                guest.changeSnapshots(all -> all.put(name, prepared.in(Optional.empty())));
                guest.change(config -> {
                    config.remove("lock");
                    config.put("parent", name);
                });
            });
        });
    }

    private Snapshot prepare(Guest guest, String name, Call call, TaskLog log) throws IOException {
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            cluster.guest(guest.kind(), guest.node(), guest.vmid());
            if (guest.isTemplate()) {
                throw ApiException.failure("you can't take a snapshot if it's a template");
            }
            guest.checkLock();
            if (guest.snapshots().containsKey(name)) {
                throw ApiException.failure("snapshot name '" + name + "' already used");
            }
            if (!volumes.canBeSnapshot(guest)) {
                throw ApiException.failure("snapshot feature is not available");
            }
            var memory = call.flag("vmstate") && guest.running()
                    ? Optional.of(volumes.allocateMemory(guest, name, log::line))
                    : Optional.<String>empty();
            var config = guest.config();
            config.keySet().removeIf(key -> key.equals("description") || Drives.isUnused(key));
            var snapshot = new Snapshot(
                    name,
                    config,
                    call.find("description").orElse(""),
                    cluster.time().epochSecond(),
                    memory,
                    Optional.of("prepare"));
            guest.changeSnapshots(all -> all.put(name, snapshot));
            guest.change(stored -> stored.put("lock", "snapshot"));
            return snapshot;
        }
    }

    /** The guest is stopped before, and only one whose memory is there runs afterwards. */
    private Object rollBack(Call call, Guest.Kind kind) {
        if (call.flag("start")) {
            throw ApiException.of(501, "Starting after a rollback is not simulated");
        }
        var name = call.text("snapname");
        return fork(call, kind, "rollback", (guest, log) -> {
            locked(guest, () -> {
                var snapshot = find(guest, name);
                snapshot.state().ifPresent(state -> {
                    throw ApiException.failure("unable to rollback to incomplete snapshot (snapstate = " + state + ")");
                });
                guest.checkLock();
                boots.stop(guest);
                guest.stopped();
                guest.change(config -> config.put("lock", "rollback"));
            });
            log.work();
            boots.rolledBack(guest, name);
            locked(guest, () -> {
                var snapshot = find(guest, name);
                volumes.restoreSizes(guest, snapshot);
                restore(guest, snapshot);
                if (snapshot.memory().isPresent()) {
                    boots.start(guest);
                    guest.started(cluster.time().now(), tasks.nextPid());
                }
            });
            if (cluster.ha().manages(guest)) {
                ha.nextRound(guest);
            }
        });
    }

    /** Disks that came after the snapshot stay as unused ones; settings that were pending are gone. */
    private void restore(Guest guest, Snapshot snapshot) {
        var before = guest.config();
        var config = new TreeMap<>(snapshot.config());
        before.forEach((key, value) -> {
            if (key.equals("description") || Drives.isUnused(key)) {
                config.put(key, value);
            }
        });
        config.put("parent", snapshot.name());
        config.computeIfPresent("vmgenid", (key, old) -> QemuCalls.uuid(cluster));
        var kept = SnapshotVolumes.of(guest.kind(), config).values();
        SnapshotVolumes.of(guest.kind(), before).values().stream()
                .filter(volid -> !kept.contains(volid))
                .forEach(volid -> addUnused(config, volid));
        guest.changePending(Map::clear);
        guest.change(stored -> {
            stored.clear();
            stored.putAll(config);
        });
    }

    private Object delete(Call call, Guest.Kind kind) {
        if (call.flag("force")) {
            throw ApiException.of(501, "Deleting a snapshot by force is not simulated");
        }
        var name = call.text("snapname");
        return fork(call, kind, "delsnapshot", (guest, log) -> {
            locked(guest, () -> {
                find(guest, name);
                guest.checkLock();
                guest.changeSnapshots(
                        all -> all.computeIfPresent(name, (key, snapshot) -> snapshot.in(Optional.of("delete"))));
                guest.change(config -> config.put("lock", "snapshot-delete"));
            });
            log.work();
            boots.snapshotDeleted(guest, name);
            remove(guest, find(guest, name));
        });
    }

    /** What was below it is below what it was below. */
    private void remove(Guest guest, Snapshot snapshot) throws IOException {
        locked(guest, () -> {
            snapshot.memory().ifPresent(volid -> volumes.free(volid, guest));
            guest.changeSnapshots(all -> {
                all.remove(snapshot.name());
                all.replaceAll((name, other) ->
                        other.parent().filter(snapshot.name()::equals).isPresent()
                                ? other.below(snapshot.parent())
                                : other);
            });
            guest.change(config -> {
                config.remove("lock");
                if (config.remove("parent", snapshot.name())) {
                    snapshot.parent().ifPresent(parent -> config.put("parent", parent));
                }
                SnapshotVolumes.of(guest.kind(), snapshot.config()).values().stream()
                        .filter(volid -> !isUsed(guest, volid))
                        .forEach(volid -> addUnused(config, volid));
            });
        });
    }

    private static boolean isUsed(Guest guest, String volid) {
        return SnapshotVolumes.of(guest.kind(), guest.config()).containsValue(volid)
                || guest.config().containsValue(volid)
                || guest.snapshots().values().stream()
                        .anyMatch(other ->
                                SnapshotVolumes.of(guest.kind(), other.config()).containsValue(volid));
    }

    private static void addUnused(Map<String, String> config, String volid) {
        var number = 0;
        while (config.containsKey("unused" + number)) {
            number++;
        }
        config.put("unused" + number, volid);
    }

    private static Snapshot find(Guest guest, String name) {
        return Optional.ofNullable(guest.snapshots().get(name))
                .orElseThrow(() -> ApiException.failure("snapshot '" + name + "' does not exist"));
    }

    private interface Work {
        void on(Guest guest, TaskLog log) throws IOException, InterruptedException;
    }

    private interface Write {
        void run() throws IOException;
    }

    private String fork(Call call, Guest.Kind kind, String what, Work work) {
        var type = (kind == Guest.Kind.QEMU ? "qm" : "vz") + what;
        return tasks.fork(call, type, call.text("vmid"), log -> work.on(guest(call, kind), log));
    }

    private void locked(Guest guest, Write write) throws IOException {
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            cluster.guest(guest.kind(), guest.node(), guest.vmid());
            write.run();
        }
    }

    private Guest guest(Call call, Guest.Kind kind) {
        return cluster.guest(kind, call.text("node"), call.number("vmid"));
    }
}
