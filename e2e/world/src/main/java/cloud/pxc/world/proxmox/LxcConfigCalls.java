package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code …/config}, {@code /pending}, {@code /resize} of containers ({@code PVE/API2/LXC/Config.pm}). */
@SuppressWarnings("try") // a lock is held, not used
final class LxcConfigCalls {
    private static final Set<String> NO_SETTINGS = Set.of("node", "vmid", "digest", "delete", "revert");
    private static final String CONFIG = "PUT /nodes/{node}/lxc/{vmid}/config";
    /** Settings that a running container takes only at its next start. */
    private static final Set<String> AT_START = Set.of(
            "hostname",
            "arch",
            "ostype",
            "console",
            "tty",
            "cmode",
            "features",
            "nameserver",
            "searchdomain",
            "unprivileged",
            "rootfs");

    private final Cluster cluster;
    private final Access access;
    private final Tasks tasks;
    private final Storages storages;
    private final Schema schema;
    private final LxcVolumes volumes;
    private final Networks networks;
    private final LxcRights rights;

    LxcConfigCalls(Platform platform, Networks networks, LxcRights rights) {
        this.cluster = platform.cluster();
        this.access = platform.access();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.schema = platform.schema();
        this.volumes = new LxcVolumes(platform);
        this.networks = networks;
        this.rights = rights;
    }

    void register(Router router) {
        router.on("GET /nodes/{node}/lxc/{vmid}/config", this::config);
        router.on(CONFIG, this::update);
        router.on("GET /nodes/{node}/lxc/{vmid}/pending", this::pending);
        router.on("PUT /nodes/{node}/lxc/{vmid}/resize", this::resize);
    }

    private Object config(Call call) {
        var guest = guest(call);
        var config = guest.config();
        if (!call.flag("current")) {
            guest.pending()
                    .forEach((key, value) ->
                            value.ifPresentOrElse(pending -> config.put(key, pending), () -> config.remove(key)));
        }
        return ConfigView.of(schema.call(CONFIG).parameters(), config, guest.digest());
    }

    private Object pending(Call call) {
        var guest = guest(call);
        return ConfigView.pending(schema.call(CONFIG).parameters(), guest.config(), guest.pending(), guest.digest());
    }

    private Object update(Call call) {
        var set = QemuCalls.settings(call, NO_SETTINGS);
        var delete = keys(call, "delete");
        var revert = keys(call, "revert");
        if (set.isEmpty() && delete.isEmpty() && revert.isEmpty()) {
            throw ApiException.failure("no options specified");
        }
        var guest = guest(call);
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            cluster.guest(Guest.Kind.LXC, guest.node(), guest.vmid());
            guest.checkLock();
            checkDigest(call, guest);
            rights.checkKeys(call.caller(), guest.vmid(), delete);
            rights.checkKeys(call.caller(), guest.vmid(), revert);
            checkKnown(set, "revert", revert, "'");
            checkKnown(set, "delete", delete, "");
            rights.check(call.caller(), guest.vmid(), set);
            apply(call, guest, set, delete, revert);
        }
        return null;
    }

    private void checkKnown(Map<String, String> set, String parameter, List<String> keys, String quote) {
        for (var key : keys) {
            if (Schema.find(schema.call(CONFIG).parameters(), key).isEmpty()) {
                throw ApiException.parameter(parameter, "unknown option '" + key + "'");
            }
            if (set.containsKey(key)) {
                throw ApiException.parameter(
                        parameter,
                        "you can't use '-" + key + "' and " + quote + "-" + parameter + " " + key
                                + "' at the same time");
            }
        }
    }

    private void apply(Call call, Guest guest, TreeMap<String, String> set, List<String> delete, List<String> revert) {
        revert.forEach(key -> guest.changePending(pending -> pending.remove(key)));
        delete.forEach(key -> {
            if (waits(guest, key)) {
                guest.changePending(pending -> pending.put(key, Optional.empty()));
            } else {
                guest.change(config -> config.remove(key));
            }
        });
        var mounts = new TreeMap<>(set);
        mounts.keySet().removeIf(key -> !Drives.isDrive(Guest.Kind.LXC, key));
        volumes.check(call, mounts);
        var values = new TreeMap<>(set);
        values.putAll(volumes.make(guest.node(), guest.vmid(), mounts, new ArrayList<>(), line -> {}));
        values.forEach((key, value) -> {
            var stored = key.matches("net\\d+")
                    ? networks.completeContainer(value)
                    : key.equals("tags") ? Tags.normalised(value) : value;
            if (waits(guest, key)
                    || isMounted(guest, key) && !guest.setting(key).equals(Optional.of(stored))) {
                guest.changePending(pending -> pending.put(key, Optional.of(stored)));
            } else {
                guest.change(config -> config.put(key, stored));
            }
        });
    }

    /** A new mount point is mounted at once; one that is there stays as it is until the next start. */
    private static boolean isMounted(Guest guest, String key) {
        return guest.running() && key.matches("mp\\d+") && guest.setting(key).isPresent();
    }

    private static boolean waits(Guest guest, String key) {
        return guest.running() && AT_START.contains(key);
    }

    private Object resize(Call call) {
        var guest = guest(call);
        guest.checkLock();
        checkDigest(call, guest);
        var disk = call.text("disk");
        newSize(call, guest, disk);
        return tasks.fork(call, "resize", call.text("vmid"), log -> {
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                guest.checkLock();
                log.work();
                var size = newSize(call, guest, disk);
                var mount = volumes.parse(disk, guest.setting(disk).orElseThrow());
                storages.put(volume(guest, mount.get("volume")).resized(size), guest.node());
                mount.put("size", Drives.printSize(size));
                guest.change(config -> config.put(disk, PropertyString.print("volume", mount)));
            }
        });
    }

    private long newSize(Call call, Guest guest, String disk) {
        var mount = guest.setting(disk).orElseThrow(() -> ApiException.failure("disk '" + disk + "' does not exist"));
        var volume = volume(guest, Drives.volume(mount));
        access.require(call.caller(), "/storage/" + volume.storage(), "Datastore.AllocateSpace");
        var asked = call.text("size");
        var number = Drives.parseSize(asked.replace("+", ""));
        var size = asked.startsWith("+") ? volume.sizeBytes() + number : number;
        if (size < volume.sizeBytes()) {
            throw ApiException.failure("unable to shrink disk size");
        }
        if (size == volume.sizeBytes()) {
            throw ApiException.failure("disk is already at specified size");
        }
        return size;
    }

    private Volume volume(Guest guest, String volid) {
        return storages.find(volid, guest.node())
                .orElseThrow(() -> ApiException.failure("Could not determine current size of volume '" + volid + "'"));
    }

    private static void checkDigest(Call call, Guest guest) {
        call.find("digest").filter(digest -> !digest.equals(guest.digest())).ifPresent(stale -> {
            throw ApiException.failure("detected modified configuration - file changed by other user? Try again.");
        });
    }

    private Guest guest(Call call) {
        return cluster.guest(Guest.Kind.LXC, call.text("node"), call.number("vmid"));
    }

    private static List<String> keys(Call call, String parameter) {
        return call.find(parameter).map(text -> List.of(Formats.split(text))).orElse(List.of());
    }
}
