package cloud.pxc.world.proxmox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** {@code /nodes/{node}/qemu}: list, create, destroy, template ({@code PVE/API2/Qemu.pm}). */
@SuppressWarnings("try") // a lock is held, not used
final class QemuCalls {
    /** Parameters of create that are no settings. */
    private static final Set<String> CREATE_ONLY = Set.of(
            "node",
            "vmid",
            "archive",
            "bwlimit",
            "force",
            "pool",
            "start",
            "ha-managed",
            "storage",
            "unique",
            "live-restore",
            "import-working-storage");

    private final Cluster cluster;
    private final Access access;
    private final Tasks tasks;
    private final Storages storages;
    private final QemuDisks disks;
    private final Networks networks;
    private final ConfigRights rights;
    private final QemuPower power;
    private final Boots boots;

    QemuCalls(
            Platform platform, QemuDisks disks, Networks networks, ConfigRights rights, QemuPower power, Boots boots) {
        this.cluster = platform.cluster();
        this.access = platform.access();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.disks = disks;
        this.networks = networks;
        this.rights = rights;
        this.power = power;
        this.boots = boots;
    }

    void register(Router router) {
        router.on("GET /nodes/{node}/qemu", this::list);
        router.on("POST /nodes/{node}/qemu", this::create);
        router.on("DELETE /nodes/{node}/qemu/{vmid}", this::destroy);
        router.on("POST /nodes/{node}/qemu/{vmid}/template", this::template);
        router.on("GET /nodes/{node}/qemu/{vmid}/status/current", call -> GuestStatus.current(guest(call), cluster));
    }

    private Object list(Call call) {
        return cluster.guests().stream()
                .filter(guest -> guest.kind() == Guest.Kind.QEMU && guest.node().equals(call.text("node")))
                .filter(guest -> access.may(call.caller(), "/vms/" + guest.vmid(), "VM.Audit"))
                .map(guest -> GuestStatus.entry(guest, cluster))
                .toList();
    }

    private Object create(Call call) {
        call.find("sshkeys").map(RequestDecoding::decodePath).ifPresent(SshKeys::check);
        cluster.checkQuorum();
        var vmid = call.number("vmid");
        call.find("pool").filter(pool -> !cluster.pools().exists(pool)).ifPresent(pool -> {
            throw ApiException.failure("pool '" + pool + "' does not exist");
        });
        if (!access.may(call.caller(), "/vms/" + vmid, "VM.Allocate")
                && call.find("pool")
                        .filter(pool -> access.may(call.caller(), "/pool/" + pool, "VM.Allocate"))
                        .isEmpty()) {
            throw ApiException.forbidden();
        }
        if (call.has("archive")) {
            throw ApiException.of(501, "Restoring a backup is not simulated");
        }
        var settings = settings(call, CREATE_ONLY);
        var drives = drives(settings);
        disks.check(call, vmid, drives);
        rights.check(call.caller(), vmid, call.find("pool"), settings.keySet());
        rights.checkDevices(call.caller(), vmid, call.find("pool"), settings);
        networks.checkAccess(call.caller(), settings);
        var guest = cluster.addGuest(Guest.Kind.QEMU, vmid, call.text("node"))
                .orElseThrow(() -> ApiException.failure(
                        "unable to create VM " + vmid + " - VM " + vmid + " already exists on node '"
                                + cluster.findGuest(vmid).map(Guest::node).orElse("") + "'"));
        guest.change(config -> config.put("lock", "create"));
        return tasks.fork(call, "qmcreate", String.valueOf(vmid), log -> {
            try {
                build(call, guest, settings, drives, log);
            } catch (ApiException e) {
                cluster.removeGuest(guest);
                throw ApiException.failure("unable to create VM " + vmid + " - " + e.inTask());
            } catch (InterruptedException e) {
                cluster.removeGuest(guest);
                throw e;
            }
            if (call.flag("start")) {
                log.line("Execute autostart");
                power.start(call, guest);
            }
        });
    }

    private void build(
            Call call, Guest guest, TreeMap<String, String> settings, Map<String, String> drives, TaskLog log)
            throws InterruptedException {
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            var made = disks.make(guest.node(), guest.vmid(), drives, log::line);
            try {
                log.work();
            } catch (ApiException | InterruptedException e) {
                made.volumes().forEach(volume -> storages.free(volume.volid(), guest.node()));
                throw e;
            }
            var config = new TreeMap<>(settings);
            config.putAll(made.drives());
            if (config.containsKey("tags")) {
                checkTags(call, guest, made);
            }
            config.replaceAll((key, value) -> key.matches("net\\d+") ? networks.complete(value, false) : value);
            config.computeIfPresent("tags", (key, tags) -> Tags.normalised(tags));
            config.computeIfAbsent("boot", key -> defaultBoot(config));
            config.putIfAbsent("smbios1", "uuid=" + uuid());
            config.putIfAbsent("vmgenid", uuid());
            config.put("meta", "creation-qemu=10.1.2,ctime=" + cluster.time().epochSecond());
            call.find("pool").ifPresent(pool -> cluster.pools().add(pool, guest.vmid(), false));
            guest.change(stored -> {
                stored.clear();
                stored.putAll(config);
            });
        }
    }

    /** The one right that is looked at after the disks were made. */
    private void checkTags(Call call, Guest guest, QemuDisks.Made made) {
        try {
            rights.checkTags(call.caller(), guest.vmid());
        } catch (ApiException e) {
            made.volumes().forEach(volume -> storages.free(volume.volid(), guest.node()));
            throw e;
        }
    }

    /** What boots when nobody said: the first disk, the first CD-ROM, network. */
    static String defaultBoot(Map<String, String> config) {
        var order = new LinkedHashSet<String>();
        Drives.disks(config).stream()
                .filter(key -> !key.matches("efidisk0|tpmstate0"))
                .findFirst()
                .ifPresent(order::add);
        config.keySet().stream()
                .filter(key -> Drives.isDrive(Guest.Kind.QEMU, key))
                .filter(key -> Drives.isCdrom(config.get(key)) && !Drives.isCloudInit(config.get(key)))
                .findFirst()
                .ifPresent(order::add);
        config.keySet().stream()
                .filter(key -> key.matches("net\\d+"))
                .findFirst()
                .ifPresent(order::add);
        return "order=" + String.join(";", order);
    }

    private Object destroy(Call call) {
        rejectSkipLock(call);
        var guest = guest(call);
        checkRemovable(guest);
        var vmid = guest.vmid();
        return tasks.fork(call, "qmdestroy", String.valueOf(vmid), log -> {
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                cluster.guest(Guest.Kind.QEMU, guest.node(), vmid);
                checkRemovable(guest);
                log.work();
                free(guest, call.flag("destroy-unreferenced-disks"));
                if (call.flag("purge")) {
                    log.line("purging VM " + vmid + " from related configurations..");
                }
                boots.destroyed(guest);
                cluster.removeGuest(guest);
            }
        });
    }

    private static void checkRemovable(Guest guest) {
        if (guest.setting("protection").filter("1"::equals).isPresent()) {
            throw ApiException.failure("can't remove VM " + guest.vmid() + " - protection mode enabled");
        }
        if (guest.running()) {
            throw ApiException.failure("VM " + guest.vmid() + " is running - destroy failed");
        }
        guest.checkLock();
    }

    private void free(Guest guest, boolean unreferencedToo) {
        var config = guest.config();
        var volids = config.entrySet().stream()
                .filter(entry -> Drives.isDrive(Guest.Kind.QEMU, entry.getKey()) || Drives.isUnused(entry.getKey()))
                .map(entry -> Drives.volume(entry.getValue()))
                .filter(volid -> volid.matches(".*[:/](vm|base)-" + guest.vmid() + "-.*"))
                .toList();
        for (var volid : volids) {
            if (storages.hasClones(volid, guest.node())) {
                throw ApiException.failure("base volume '" + volid + "' is still in use by linked cloned");
            }
        }
        volids.forEach(volid -> storages.free(volid, guest.node()));
        if (unreferencedToo) {
            List.copyOf(storages.ownedBy(guest.vmid(), guest.node()))
                    .forEach(volume -> storages.free(volume.volid(), guest.node()));
        }
    }

    private Object template(Call call) {
        var guest = guest(call);
        guest.checkLock();
        if (guest.isTemplate() && !call.has("disk")) {
            throw ApiException.failure("you can't convert a template to a template");
        }
        if (!guest.snapshots().isEmpty()) {
            throw ApiException.failure("unable to create template, because VM contains snapshots");
        }
        if (guest.running()) {
            throw ApiException.failure("you can't convert a VM to template if VM is running");
        }
        return tasks.fork(call, "qmtemplate", String.valueOf(guest.vmid()), log -> {
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                log.work();
                guest.change(config -> {
                    config.put("template", "1");
                    Drives.disks(config).forEach(key -> config.put(key, asBase(guest, config.get(key))));
                });
            }
        });
    }

    private String asBase(Guest guest, String drive) {
        var volid = Drives.volume(drive);
        return storages.find(volid, guest.node())
                .map(volume -> drive.replace(
                        volid, storages.makeBase(volume, guest.node()).volid()))
                .orElse(drive);
    }

    private Guest guest(Call call) {
        return cluster.guest(Guest.Kind.QEMU, call.text("node"), call.number("vmid"));
    }

    static TreeMap<String, String> settings(Call call, Set<String> without) {
        var settings = new TreeMap<String, String>();
        call.parameters().keySet().stream()
                .filter(key -> !without.contains(key))
                .forEach(key -> settings.put(key, call.text(key)));
        return settings;
    }

    static TreeMap<String, String> drives(Map<String, String> settings) {
        var drives = new TreeMap<String, String>();
        settings.forEach((key, value) -> {
            if (Drives.isDrive(Guest.Kind.QEMU, key)) {
                drives.put(key, value);
            }
        });
        return drives;
    }

    /** A token of root is not root. */
    static void rejectSkipLock(Call call) {
        if (call.has("skiplock") && !call.caller().id().equals(Access.ROOT)) {
            throw ApiException.parameter("skiplock", "Only root may use this option.");
        }
    }

    private String uuid() {
        return uuid(cluster);
    }

    static String uuid(Cluster cluster) {
        var bytes = new byte[16];
        cluster.random().nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }
}
