package cloud.pxc.world.proxmox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code …/config}, {@code /pending}, {@code /resize}, {@code /unlink}, {@code /cloudinit} of virtual machines. */
@SuppressWarnings("try") // a lock is held, not used
final class QemuConfigCalls {
    private static final Set<String> NO_SETTINGS = Set.of(
            "node",
            "vmid",
            "digest",
            "delete",
            "revert",
            "skiplock",
            "force",
            "background_delay",
            "import-working-storage");
    private static final String CONFIG = "PUT /nodes/{node}/qemu/{vmid}/config";

    private final Cluster cluster;
    private final Tasks tasks;
    private final Storages storages;
    private final Schema schema;
    private final QemuDisks disks;
    private final Networks networks;
    private final ConfigRights rights;

    QemuConfigCalls(Platform platform, QemuDisks disks, Networks networks, ConfigRights rights) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.schema = platform.schema();
        this.disks = disks;
        this.networks = networks;
        this.rights = rights;
    }

    void register(Router router) {
        router.on("GET /nodes/{node}/qemu/{vmid}/config", this::config);
        router.on(CONFIG, call -> update(call, false));
        router.on("POST /nodes/{node}/qemu/{vmid}/config", call -> update(call, true));
        router.on("GET /nodes/{node}/qemu/{vmid}/pending", this::pending);
        router.on("PUT /nodes/{node}/qemu/{vmid}/resize", this::resize);
        router.on("PUT /nodes/{node}/qemu/{vmid}/unlink", this::unlink);
        router.on("PUT /nodes/{node}/qemu/{vmid}/cloudinit", this::regenerate);
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

    private Object update(Call call, boolean inTask) {
        QemuCalls.rejectSkipLock(call);
        call.find("sshkeys").map(RequestDecoding::decodePath).ifPresent(SshKeys::check);
        var set = QemuCalls.settings(call, NO_SETTINGS);
        var delete = keys(call, "delete");
        var revert = keys(call, "revert");
        check(call, set, delete, revert);
        var guest = guest(call);
        if (!inTask) {
            locked(call, guest, line -> {}, set, delete, revert);
            return null;
        }
        return tasks.fork(call, "qmconfig", call.text("vmid"), log -> {
            log.line("update VM " + call.text("vmid") + ": " + shown(set));
            log.work();
            locked(call, guest, log::line, set, delete, revert);
        });
    }

    private void check(Call call, TreeMap<String, String> set, List<String> delete, List<String> revert) {
        if (set.isEmpty() && delete.isEmpty() && revert.isEmpty()) {
            throw ApiException.failure("no options specified");
        }
        revert.forEach(key -> {
            requireKnown("revert", key);
            if (set.containsKey(key)) {
                throw ApiException.parameter(
                        "revert", "you can't use '-" + key + "' and '-revert " + key + "' at the same time");
            }
        });
        delete.forEach(key -> {
            if (set.containsKey(key)) {
                throw ApiException.parameter(
                        "delete", "you can't use '-" + key + "' and -delete " + key + "' at the same time");
            }
            requireKnown("delete", key);
        });
        call.find("hookscript").ifPresent(script -> {
            if (storages.find(script, call.text("node")).isEmpty()) {
                throw ApiException.parameter("hookscript", "script '" + script + "' does not exist\n");
            }
        });
        var vmid = call.number("vmid");
        disks.check(call, vmid, QemuCalls.drives(set));
        rights.check(call.caller(), vmid, Optional.empty(), set.keySet());
        rights.checkDevices(call.caller(), vmid, Optional.empty(), set);
        rights.check(call.caller(), vmid, Optional.empty(), delete);
        rights.check(call.caller(), vmid, Optional.empty(), revert);
        networks.checkAccess(call.caller(), set);
    }

    private void requireKnown(String parameter, String key) {
        if (Schema.find(schema.call(CONFIG).parameters(), key).isEmpty()) {
            throw ApiException.parameter(parameter, "unknown option '" + key + "'");
        }
    }

    private void locked(
            Call call,
            Guest guest,
            Consumer<String> log,
            TreeMap<String, String> set,
            List<String> delete,
            List<String> revert) {
        cluster.checkQuorum();
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            cluster.guest(Guest.Kind.QEMU, guest.node(), guest.vmid());
            checkDigest(call, guest);
            guest.checkLock();
            checkValues(call.caller(), guest, set, delete);
            new QemuUpdate(storages, disks, networks, guest, log).apply(set, delete, revert, call.flag("force"));
        }
    }

    private void checkValues(Principal caller, Guest guest, Map<String, String> set, List<String> delete) {
        QemuCalls.drives(set).values().forEach(drive -> rights.checkDrive(caller, guest.vmid(), drive));
        for (var key : delete) {
            var value = guest.setting(key);
            if (value.isPresent() && (Drives.isDrive(Guest.Kind.QEMU, key) || Drives.isUnused(key))) {
                if (guest.setting("protection").filter("1"::equals).isPresent()) {
                    throw ApiException.failure("can't remove drive '" + key + "' - protection mode enabled");
                }
                rights.checkDrive(caller, guest.vmid(), value.get());
            }
        }
        if (set.containsKey("tags") || delete.contains("tags")) {
            rights.checkTags(caller, guest.vmid());
        }
    }

    static void checkDigest(Call call, Guest guest) {
        call.find("digest").filter(digest -> !digest.equals(guest.digest())).ifPresent(stale -> {
            throw ApiException.failure("checksum mismatch (file change by other user?)");
        });
    }

    private Object unlink(Call call) {
        var delete = keys(call, "idlist");
        delete.forEach(key -> {
            if (!Drives.isDrive(Guest.Kind.QEMU, key) && !Drives.isUnused(key)) {
                throw ApiException.parameter("idlist", "unknown option '" + key + "'");
            }
        });
        locked(call, guest(call), line -> {}, new TreeMap<>(), delete, List.of());
        return null;
    }

    private Object regenerate(Call call) {
        guest(call).checkLock();
        return null;
    }

    private Object resize(Call call) {
        QemuCalls.rejectSkipLock(call);
        return tasks.fork(call, "resize", call.text("vmid"), log -> {
            var guest = guest(call);
            try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
                checkDigest(call, guest);
                guest.checkLock();
                var disk = call.text("disk");
                var drive = guest.setting(disk)
                        .orElseThrow(() -> ApiException.failure("disk '" + disk + "' does not exist"));
                if (Drives.isCdrom(drive)) {
                    throw ApiException.failure("you can't resize a cdrom");
                }
                log.work();
                grow(guest, disk, drive, call.text("size"), log);
            }
        });
    }

    private void grow(Guest guest, String disk, String drive, String asked, TaskLog log) {
        var volid = Drives.volume(drive);
        var volume = storages.find(volid, guest.node())
                .orElseThrow(() -> ApiException.failure("Could not determine current size of volume '" + volid + "'"));
        var number = Drives.parseSize(asked.replace("+", ""));
        var size = asked.startsWith("+") ? volume.sizeBytes() + number : number;
        if (size < volume.sizeBytes()) {
            throw ApiException.failure("shrinking disks is not supported");
        }
        storages.put(volume.resized(size), guest.node());
        if (!guest.running() && storages.spec(volume.storage()).kind() == StorageSpec.Kind.DIR) {
            log.line("Image resized.");
        }
        var properties = disks.parse(disk, drive);
        properties.put("size", Drives.printSize(BigDecimal.valueOf(size).longValue()));
        guest.change(config -> config.put(disk, QemuDisks.print(properties)));
    }

    private Guest guest(Call call) {
        return cluster.guest(Guest.Kind.QEMU, call.text("node"), call.number("vmid"));
    }

    private static List<String> keys(Call call, String parameter) {
        return call.find(parameter).map(text -> List.of(Formats.split(text))).orElse(List.of());
    }

    /** As the task log shows what was asked, without the password. */
    private static String shown(Map<String, String> set) {
        return set.entrySet().stream()
                .map(entry -> "-" + entry.getKey() + " "
                        + (entry.getKey().equals("cipassword") ? "<hidden>" : entry.getValue()))
                .collect(Collectors.joining(" "));
    }
}
