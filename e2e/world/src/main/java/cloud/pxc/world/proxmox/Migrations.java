package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code …/migrate} of virtual machines and containers ({@code PVE/AbstractMigrate.pm}, {@code PVE/QemuMigrate.pm}, {@code
 * PVE/LXC/Migrate.pm}): what can be known early is refused at once, the rest ends the task with {@code migration aborted} and
 * stands in its log.
 */
@SuppressWarnings("try") // a lock is held, not used
final class Migrations {
    private static final String NOT_MIGRATABLE = "non-migratable snapshot exists";

    /** A guest that restarts is given this long to shut down. */
    private static final int SHUTDOWN_SECONDS = 180;

    private final Cluster cluster;
    private final Tasks tasks;
    private final Storages storages;
    private final Boots boots;
    private final HaRounds ha;

    Migrations(Platform platform, Boots boots, HaRounds ha) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.boots = boots;
        this.ha = ha;
    }

    void register(Router router) {
        router.on("GET /nodes/{node}/qemu/{vmid}/migrate", this::preconditions);
        router.on("POST /nodes/{node}/qemu/{vmid}/migrate", this::migrateVm);
        router.on("POST /nodes/{node}/lxc/{vmid}/migrate", this::migrateContainer);
    }

    private Object preconditions(Call call) {
        cluster.checkQuorum();
        var guest = guest(call, Guest.Kind.QEMU);
        guest.checkLock();
        var allowed = new ArrayList<String>();
        var refused = new TreeMap<String, Object>();
        for (var node : cluster.nodes()) {
            var unavailable = storagesOf(guest).stream()
                    .filter(storage -> !storages.spec(storage).enabledOn(node.name()))
                    .sorted()
                    .toList();
            if (node.name().equals(guest.node())) {
                continue;
            }
            if (unavailable.isEmpty()) {
                allowed.add(node.name());
            } else {
                refused.put(node.name(), Map.of("unavailable_storages", unavailable));
            }
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("running", guest.running() ? 1 : 0);
        answer.put("allowed_nodes", allowed);
        answer.put("not_allowed_nodes", refused);
        answer.put("local_disks", localDisks(guest));
        answer.put("local_resources", localResources(guest));
        answer.put("mapped-resources", List.of());
        answer.put("mapped-resource-info", Map.of());
        answer.put("has-dbus-vmstate", 1);
        return answer;
    }

    private List<Map<String, Object>> localDisks(Guest guest) {
        var disks = new ArrayList<Map<String, Object>>();
        guest.config().forEach((key, drive) -> {
            if (isLocal(guest, key, drive)) {
                var volid = Drives.volume(drive);
                var disk = new LinkedHashMap<String, Object>();
                disk.put("volid", volid);
                disk.put("cdrom", Drives.isCdrom(drive) ? 1 : 0);
                disk.put("is_unused", Drives.isUnused(key) ? 1 : 0);
                disk.put(
                        "size",
                        storages.find(volid, guest.node())
                                .map(Volume::sizeBytes)
                                .orElse(0L));
                disks.add(disk);
            }
        });
        return disks;
    }

    private static List<String> localResources(Guest guest) {
        return guest.config().entrySet().stream()
                .filter(entry -> entry.getKey().matches("(usb|hostpci|serial|parallel)\\d+"))
                .filter(entry -> !entry.getValue().matches("socket|.*spice.*|.*mapping=.*"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isLocal(Guest guest, String key, String drive) {
        return (Drives.isDrive(guest.kind(), key) || Drives.isUnused(key))
                && Drives.volume(drive).contains(":")
                && !storages.spec(Storages.storageOf(Drives.volume(drive))).shared();
    }

    private List<String> storagesOf(Guest guest) {
        return guest.config().entrySet().stream()
                .filter(entry -> Drives.isDrive(guest.kind(), entry.getKey()))
                .map(entry -> Drives.volume(entry.getValue()))
                .filter(volume -> volume.contains(":"))
                .map(Storages::storageOf)
                .distinct()
                .toList();
    }

    private Object migrateVm(Call call) {
        var target = target(call);
        var guest = guest(call, Guest.Kind.QEMU);
        guest.checkLock();
        if (guest.running() && !call.flag("online")) {
            throw ApiException.failure("can't migrate running VM without --online");
        }
        storagesOf(guest).forEach(storage -> storages.enabled(storage, target));
        return fork(call, guest, "qmigrate", (log) -> {
            guest.checkLock();
            checkReachable(target);
            var resources = localResources(guest);
            if (!resources.isEmpty()) {
                throw ApiException.failure(
                        "can't migrate VM which uses local devices: " + String.join(", ", resources));
            }
            locked(guest, log, () -> {
                scan(guest, call.flag("with-local-disks"), log);
                log.work();
                carry(guest, target);
            });
        });
    }

    private Object migrateContainer(Call call) {
        var target = target(call);
        var guest = guest(call, Guest.Kind.LXC);
        if (guest.running() && !call.flag("online") && !call.flag("restart")) {
            throw ApiException.failure("can't migrate running container without --online or --restart");
        }
        return fork(call, guest, "vzmigrate", (log) -> {
            guest.checkLock();
            var running = guest.running();
            if (running && call.flag("online")) {
                throw ApiException.failure("lxc live migration is currently not implemented");
            }
            storagesOf(guest).forEach(storage -> storages.enabled(storage, target));
            checkReachable(target);
            if (running) {
                log.line("shutdown CT " + guest.vmid());
                boots.shutDown(guest, Duration.ofSeconds(call.number("timeout", SHUTDOWN_SECONDS)));
                boots.stop(guest);
                guest.stopped();
            }
            try {
                locked(guest, log, () -> {
                    scan(guest, log);
                    log.work();
                    carry(guest, target);
                });
            } catch (ApiException e) {
                restart(guest, running, "source", log);
                throw e;
            }
            restart(guest, running, "target", log);
        });
    }

    private void restart(Guest container, boolean wasRunning, String node, TaskLog log)
            throws IOException, InterruptedException {
        if (wasRunning) {
            log.line("start container on " + node + " node");
            boots.start(container);
            container.started(cluster.time().now(), tasks.nextPid());
        }
    }

    private String target(Call call) {
        var target = call.text("target");
        if (target.equals(call.text("node"))) {
            throw ApiException.parameter("target", "target is local node.");
        }
        cluster.checkQuorum();
        if (cluster.findNode(target).isEmpty()) {
            throw ApiException.failure("no such cluster node '" + target + "'");
        }
        return target;
    }

    private void checkReachable(String target) {
        if (!cluster.node(target).online()) {
            throw ApiException.failure("Can't connect to destination address using public key");
        }
    }

    /** What of a machine's drives, and of those in its snapshots, can't go along ({@code scan_local_volumes}). */
    private void scan(Guest guest, boolean withLocalDisks, TaskLog log) {
        var problems = new TreeMap<String, String>();
        guest.config().forEach((key, drive) -> {
            if (!isLocal(guest, key, drive)) {
                return;
            }
            var volid = Drives.volume(drive);
            if (isImage(drive)) {
                problems.put(volid, "local cdrom image");
            } else if (!Drives.isCdrom(drive) && guest.running() && !withLocalDisks) {
                problems.put(volid, "can't live migrate attached local disks without with-local-disks option");
            } else {
                log.line("found local disk '" + volid + "' (attached)");
            }
        });
        localInSnapshots(guest).forEach(drive -> {
            if (isImage(drive)) {
                problems.put(Drives.volume(drive), "local cdrom image");
            } else if (!Drives.isCdrom(drive) && guest.running()) {
                problems.put(
                        Drives.volume(drive),
                        "online storage migration not possible if non-replicated snapshot exists");
            } else if (!Drives.isCdrom(drive) && !isQcow2(guest, drive)) {
                problems.put(Drives.volume(drive), NOT_MIGRATABLE);
            }
        });
        refuse(problems, "disk", "Problem found while scanning volumes - can't migrate VM - check log", log);
    }

    /** The same of a container ({@code phase1} of {@code LXC/Migrate.pm}). */
    private void scan(Guest container, TaskLog log) {
        var problems = new TreeMap<String, String>();
        localInSnapshots(container).forEach(volume -> problems.put(Drives.volume(volume), NOT_MIGRATABLE));
        refuse(problems, "volume", "can't migrate CT - check log", log);
    }

    private static void refuse(Map<String, String> problems, String what, String end, TaskLog log) {
        problems.forEach((volid, problem) -> log.line("can't migrate local " + what + " '" + volid + "': " + problem));
        if (!problems.isEmpty()) {
            throw ApiException.failure(end);
        }
    }

    private List<String> localInSnapshots(Guest guest) {
        return guest.snapshots().values().stream()
                .flatMap(snapshot -> snapshot.config().entrySet().stream())
                .filter(entry -> isLocal(guest, entry.getKey(), entry.getValue()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isImage(String drive) {
        return Drives.isCdrom(drive) && !Drives.isCloudInit(drive);
    }

    private boolean isQcow2(Guest guest, String drive) {
        return storages.find(Drives.volume(drive), guest.node())
                .filter(volume -> volume.format().equals("qcow2"))
                .isPresent();
    }

    private void carry(Guest guest, String target) {
        storages.carry(guest.vmid(), guest.node(), target);
        guest.moveTo(target);
    }

    private interface Phases {
        void run() throws IOException, InterruptedException;
    }

    /** With {@code lock: migrate} while it goes on; a node that loses its power leaves it there. */
    private static void locked(Guest guest, TaskLog log, Phases phases) throws IOException, InterruptedException {
        guest.change(config -> config.put("lock", "migrate"));
        try {
            phases.run();
        } catch (ApiException | InterruptedException e) {
            guest.change(config -> config.remove("lock"));
            log.line("aborting phase 1 - cleanup resources");
            throw e;
        }
        guest.change(config -> config.remove("lock"));
    }

    private interface Work {
        void run(TaskLog log) throws IOException, InterruptedException;
    }

    /** The task of a guest that high availability manages ends once the move has been requested. */
    private String fork(Call call, Guest guest, String type, Work work) {
        if (!ha.manages(call)) {
            return migrate(call, guest, type, work);
        }
        return tasks.fork(call, "hamigrate", call.text("vmid"), log -> {
            log.line("Requesting HA migration for " + guest.kind().word() + " " + guest.vmid() + " to node "
                    + call.text("target"));
            ha.later(guest, () -> migrate(call, guest, type, work));
        });
    }

    private String migrate(Call call, Guest guest, String type, Work work) {
        return tasks.fork(call, type, call.text("vmid"), log -> {
            log.line("starting migration of " + guest.kind().word() + " " + guest.vmid() + " to node '"
                    + call.text("target") + "' (127.0.0.1)");
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                cluster.guest(guest.kind(), call.text("node"), guest.vmid());
                work.run(log);
                log.line("migration finished successfully (duration 00:00:01)");
            } catch (ApiException e) {
                log.line("ERROR: migration aborted (duration 00:00:01): " + e.inTask());
                throw ApiException.failure("migration aborted");
            }
        });
    }

    private Guest guest(Call call, Guest.Kind kind) {
        return cluster.guest(kind, call.text("node"), call.number("vmid"));
    }
}
