package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** {@code /nodes/{node}/lxc}: list, create, destroy, interfaces ({@code PVE/API2/LXC.pm}). */
@SuppressWarnings("try") // a lock is held, not used
final class LxcCalls {
    private static final Set<String> CREATE_ONLY = Set.of(
            "node",
            "vmid",
            "ostemplate",
            "bwlimit",
            "force",
            "ignore-unpack-errors",
            "password",
            "pool",
            "restore",
            "ssh-public-keys",
            "start",
            "storage",
            "unique",
            "unprivileged",
            "ha-managed");
    private static final List<String> DISTRIBUTIONS = List.of(
            "debian", "devuan", "ubuntu", "centos", "fedora", "opensuse", "archlinux", "alpine", "gentoo", "nixos");
    /** GiB of a root file system that nobody gave a size. */
    private static final String DEFAULT_SIZE = "4";

    private final Cluster cluster;
    private final Access access;
    private final Tasks tasks;
    private final Storages storages;
    private final VolumeAccess volumeAccess;
    private final LxcVolumes volumes;
    private final Networks networks;
    private final LxcRights rights;
    private final LxcPower power;
    private final Boots boots;

    LxcCalls(Platform platform, Networks networks, LxcRights rights, LxcPower power, Boots boots) {
        this.cluster = platform.cluster();
        this.access = platform.access();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.volumeAccess = new VolumeAccess(access);
        this.volumes = new LxcVolumes(platform);
        this.networks = networks;
        this.rights = rights;
        this.power = power;
        this.boots = boots;
    }

    void register(Router router) {
        router.on("GET /nodes/{node}/lxc", this::list);
        router.on("POST /nodes/{node}/lxc", this::create);
        router.on("DELETE /nodes/{node}/lxc/{vmid}", this::destroy);
        router.on("GET /nodes/{node}/lxc/{vmid}/status/current", call -> GuestStatus.current(guest(call), cluster));
        router.on("GET /nodes/{node}/lxc/{vmid}/interfaces", this::interfaces);
    }

    private Object list(Call call) {
        return cluster.guests().stream()
                .filter(guest -> guest.kind() == Guest.Kind.LXC && guest.node().equals(call.text("node")))
                .filter(guest -> access.may(call.caller(), "/vms/" + guest.vmid(), "VM.Audit"))
                .map(guest -> GuestStatus.entry(guest, cluster))
                .toList();
    }

    private Object create(Call call) {
        cluster.checkQuorum();
        var vmid = call.number("vmid");
        var unprivileged = !call.has("unprivileged") || call.flag("unprivileged");
        if (!unprivileged) {
            access.require(call.caller(), "/", "Sys.Modify");
        }
        cluster.findGuest(vmid).ifPresent(other -> {
            throw ApiException.failure(
                    other.kind().word() + " " + vmid + " already exists on node '" + other.node() + "'");
        });
        call.find("ssh-public-keys").ifPresent(SshKeys::check);
        call.find("pool").filter(pool -> !cluster.pools().exists(pool)).ifPresent(pool -> {
            throw ApiException.failure("pool '" + pool + "' does not exist");
        });
        if (!access.may(call.caller(), "/vms/" + vmid, "VM.Allocate")
                && call.find("pool")
                        .filter(pool -> access.may(call.caller(), "/pool/" + pool, "VM.Allocate"))
                        .isEmpty()) {
            throw ApiException.forbidden();
        }
        if (call.flag("restore")) {
            throw ApiException.of(501, "Restoring a backup is not simulated");
        }
        var settings = QemuCalls.settings(call, CREATE_ONLY);
        rights.check(call.caller(), vmid, settings);
        var template = call.text("ostemplate");
        checkTemplate(call, template);
        var mounts = mounts(call, settings);
        settings.keySet().removeAll(mounts.keySet());
        var guest = cluster.addGuest(Guest.Kind.LXC, vmid, call.text("node"))
                .orElseThrow(() -> ApiException.failure(
                        "unable to create CT " + vmid + " - CT " + vmid + " already exists on node '"
                                + cluster.findGuest(vmid).map(Guest::node).orElse("") + "'"));
        guest.change(config -> config.put("lock", "create"));
        if (unprivileged) {
            settings.put("unprivileged", "1");
        }
        return tasks.fork(call, "vzcreate", String.valueOf(vmid), log -> {
            build(guest, template, settings, mounts, log);
            boots.created(
                    guest,
                    call.find("ssh-public-keys").stream().flatMap(String::lines).toList());
            call.find("pool").ifPresent(pool -> cluster.pools().add(pool, vmid, false));
            if (call.flag("start")) {
                power.start(call, guest);
            }
        });
    }

    private void checkTemplate(Call call, String template) {
        var type = template.contains(":") ? VolumeAccess.contentOf(template) : "";
        if (!type.equals("vztmpl")) {
            throw ApiException.failure("unable to use volume " + template + " - content type needs to be 'vztmpl'");
        }
        storages.enabled(Storages.storageOf(template), call.text("node"));
        volumeAccess.check(call.caller(), template, OptionalInt.of(call.number("vmid")));
    }

    private TreeMap<String, String> mounts(Call call, Map<String, String> settings) {
        var storage = call.find("storage").orElse("local");
        var mounts = new TreeMap<String, String>();
        settings.forEach((key, value) -> {
            if (Drives.isDrive(Guest.Kind.LXC, key)) {
                mounts.put(key, value.matches("\\d+(\\.\\d+)?") ? storage + ":" + value : value);
            }
        });
        if (!mounts.isEmpty() && !mounts.containsKey("rootfs")) {
            throw ApiException.failure("mount points configured, but 'rootfs' not set - aborting");
        }
        volumes.check(call, mounts);
        if (mounts.isEmpty()) {
            volumes.checkStorage(call, storage);
            mounts.put("rootfs", storage + ":" + DEFAULT_SIZE);
        }
        return mounts;
    }

    private void build(
            Guest guest, String template, Map<String, String> settings, Map<String, String> mounts, TaskLog log)
            throws InterruptedException {
        var made = new ArrayList<Volume>();
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            var config = new TreeMap<>(settings);
            config.putAll(volumes.make(guest.node(), guest.vmid(), mounts, made, log::line));
            var archive = storages.find(template, guest.node())
                    .orElseThrow(() -> ApiException.failure("volume '" + template + "' does not exist"));
            log.line("extracting archive '" + storages.path(archive) + "'");
            log.work();
            log.line("Total bytes read: " + archive.sizeBytes());
            log.line("Detected container architecture: amd64");
            config.replaceAll((key, value) -> key.matches("net\\d+") ? networks.completeContainer(value) : value);
            config.computeIfPresent("tags", (key, tags) -> Tags.normalised(tags));
            config.putIfAbsent("arch", "amd64");
            config.putIfAbsent("hostname", "CT" + guest.vmid());
            config.putIfAbsent("ostype", distribution(template));
            guest.change(stored -> {
                stored.clear();
                stored.putAll(config);
            });
        } catch (ApiException e) {
            undo(guest, made);
            throw ApiException.failure("unable to create CT " + guest.vmid() + " - " + e.inTask());
        } catch (InterruptedException e) {
            undo(guest, made);
            throw e;
        }
    }

    private void undo(Guest guest, List<Volume> made) {
        made.forEach(volume -> storages.free(volume.volid(), guest.node()));
        cluster.removeGuest(guest);
    }

    private static String distribution(String template) {
        return DISTRIBUTIONS.stream().filter(template::contains).findFirst().orElse("unmanaged");
    }

    private Object destroy(Call call) {
        var guest = guest(call);
        checkRemovable(guest);
        if (guest.running() && !call.flag("force")) {
            throw ApiException.failure("unable to destroy CT " + guest.vmid() + " - container is running");
        }
        return tasks.fork(call, "vzdestroy", String.valueOf(guest.vmid()), log -> {
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                cluster.guest(Guest.Kind.LXC, guest.node(), guest.vmid());
                checkRemovable(guest);
                if (guest.running() && !call.flag("force")) {
                    throw ApiException.failure("unable to destroy CT " + guest.vmid() + " - container is running");
                }
                if (guest.running()) {
                    log.line("forced to stop CT " + guest.vmid() + " before destroying!");
                    boots.stop(guest);
                    guest.stopped();
                }
                log.work();
                free(guest, call.flag("destroy-unreferenced-disks"));
                if (call.flag("purge")) {
                    log.line("purging CT " + guest.vmid() + " from related configurations..");
                }
                boots.destroyed(guest);
                cluster.removeGuest(guest);
            }
        });
    }

    private static void checkRemovable(Guest guest) {
        if (guest.setting("protection").filter("1"::equals).isPresent()) {
            throw ApiException.failure("can't remove CT " + guest.vmid() + " - protection mode enabled");
        }
        guest.checkLock();
    }

    private void free(Guest guest, boolean unreferencedToo) {
        guest.config().forEach((key, value) -> {
            if (Drives.isDrive(Guest.Kind.LXC, key) || Drives.isUnused(key)) {
                storages.free(Drives.volume(value), guest.node());
            }
        });
        if (unreferencedToo) {
            storages.ownedBy(guest.vmid(), guest.node()).forEach(volume -> storages.free(volume.volid(), guest.node()));
        }
    }

    private Object interfaces(Call call) {
        var guest = guest(call);
        return guest.running()
                ? boots.interfaces(guest).orElse(List.of()).stream()
                        .map(InterfaceView::ofContainer)
                        .toList()
                : null;
    }

    private Guest guest(Call call) {
        return cluster.guest(Guest.Kind.LXC, call.text("node"), call.number("vmid"));
    }
}
