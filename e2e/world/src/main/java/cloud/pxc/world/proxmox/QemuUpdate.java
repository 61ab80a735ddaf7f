package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One change of a virtual machine's configuration: what is set, deleted and reverted ({@code update_vm_api}). */
final class QemuUpdate {
    /** Settings that take effect at once although the guest runs. */
    private static final Set<String> FAST = Set.of(
            "description",
            "hookscript",
            "lock",
            "migrate_downtime",
            "migrate_speed",
            "name",
            "onboot",
            "protection",
            "shares",
            "startup",
            "tags",
            "vmstatestorage",
            "cicustom",
            "cipassword",
            "citype",
            "ciuser",
            "ciupgrade",
            "nameserver",
            "searchdomain",
            "sshkeys");

    /** Parts of a drive that a running guest does not take ({@code vmconfig_update_disk}). */
    private static final Set<String> COLD =
            Set.of("aio", "discard", "iothread", "queues", "product", "cache", "ssd", "vendor", "ro");

    private final Storages storages;
    private final QemuDisks disks;
    private final Networks networks;
    private final Guest guest;
    private final Consumer<String> log;

    QemuUpdate(Storages storages, QemuDisks disks, Networks networks, Guest guest, Consumer<String> log) {
        this.storages = storages;
        this.disks = disks;
        this.networks = networks;
        this.guest = guest;
        this.log = log;
    }

    /** @param force deleted disks are freed instead of kept as unused */
    void apply(Map<String, String> set, List<String> delete, List<String> revert, boolean force) {
        revert.forEach(key -> guest.changePending(pending -> pending.remove(key)));
        delete.forEach(key -> delete(key, force));
        var drives = QemuCalls.drives(set);
        var made = disks.make(guest.node(), guest.vmid(), drives, log);
        var values = new TreeMap<>(set);
        values.putAll(made.drives());
        checkBoot(values);
        values.forEach(this::set);
    }

    private void set(String key, String asked) {
        var value = key.matches("net\\d+")
                ? networks.complete(asked, false)
                : key.equals("tags") ? Tags.normalised(asked) : asked;
        if (Drives.isDrive(Guest.Kind.QEMU, key) && waits(key, value)) {
            guest.changePending(pending -> pending.put(key, Optional.of(value)));
        } else if (Drives.isDrive(Guest.Kind.QEMU, key)) {
            guest.changePending(pending -> pending.remove(key));
            guest.setting(key)
                    .filter(before -> !Drives.volume(before).equals(Drives.volume(value)))
                    .ifPresent(before -> release(before, false));
            if (Drives.isCdrom(value) && !Drives.isCloudInit(value)) {
                changeBoot(order -> {
                    if (!order.contains(key)) {
                        order.add(key);
                    }
                });
            }
            guest.change(config -> config.put(key, value));
        } else if (now(key)) {
            guest.change(config -> {
                if (value.isEmpty()) {
                    config.remove(key);
                } else {
                    config.put(key, value);
                }
            });
            guest.changePending(pending -> pending.remove(key));
        } else if (guest.setting(key).filter(value::equals).isPresent()) {
            guest.changePending(pending -> pending.remove(key));
        } else {
            guest.changePending(pending -> pending.put(key, Optional.of(value)));
        }
    }

    /** Other options of a disk that stays, and what a machine has only from its start. */
    private boolean waits(String key, String value) {
        if (!guest.running()) {
            return false;
        }
        if (key.matches("efidisk0|tpmstate0")) {
            return true;
        }
        var before = guest.setting(key).filter(drive -> !Drives.isCdrom(drive));
        return before.filter(drive -> Drives.volume(drive).equals(Drives.volume(value)))
                .filter(drive -> COLD.stream()
                        .anyMatch(part -> !Drives.property(drive, part).equals(Drives.property(value, part))))
                .isPresent();
    }

    private void delete(String key, boolean force) {
        var before = guest.setting(key);
        if (before.isEmpty()) {
            return;
        }
        if (Drives.isDrive(Guest.Kind.QEMU, key)) {
            guest.change(config -> config.remove(key));
            changeBoot(order -> order.remove(key));
            release(before.get(), force);
        } else if (Drives.isUnused(key)) {
            guest.change(config -> config.remove(key));
            storages.free(Drives.volume(before.get()), guest.node());
        } else if (now(key)) {
            guest.change(config -> config.remove(key));
            if (key.matches("net\\d+")) {
                changeBoot(order -> order.remove(key));
            }
        } else {
            guest.changePending(pending -> pending.put(key, Optional.empty()));
        }
    }

    /** A disk that is no longer attached stays as {@code unusedN}; a cloud-init drive goes at once. */
    private void release(String drive, boolean force) {
        var volid = Drives.volume(drive);
        if (!volid.contains("-" + guest.vmid() + "-")) {
            return;
        }
        if (force || Drives.isCloudInit(drive)) {
            storages.free(volid, guest.node());
            return;
        }
        guest.change(config -> {
            var number = 0;
            while (config.containsKey("unused" + number)) {
                number++;
            }
            config.put("unused" + number, volid);
        });
    }

    private boolean now(String key) {
        return !guest.running() || FAST.contains(key) || key.matches("(net|ipconfig|usb)\\d+");
    }

    private void checkBoot(Map<String, String> values) {
        var boot = values.get("boot");
        if (boot == null || !boot.startsWith("order=")) {
            return;
        }
        var known = new LinkedHashMap<String, String>(guest.config());
        known.putAll(values);
        for (var device : boot.substring("order=".length()).split(";")) {
            if (!device.isEmpty() && !known.containsKey(device)) {
                throw ApiException.failure("invalid bootorder: device '" + device + "' does not exist'");
            }
        }
    }

    private void changeBoot(Consumer<List<String>> change) {
        guest.change(config -> {
            var boot = config.getOrDefault("boot", "");
            if (boot.startsWith("order=")) {
                var order = new ArrayList<>(
                        List.of(boot.substring("order=".length()).split(";")));
                change.accept(order);
                order.removeIf(String::isEmpty);
                config.put("boot", "order=" + String.join(";", order));
            }
        });
    }
}
