package cloud.pxc.world.proxmox;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which privilege each setting of a virtual machine needs ({@code PVE/API2/Qemu.pm}, check_vm_modify_config_perm and
 * those around it).
 */
final class ConfigRights {
    private static final Set<String> CPU =
            Set.of("cores", "cpu", "cpulimit", "cpuunits", "numa", "smp", "sockets", "vcpus");
    private static final Set<String> MEMORY = Set.of("memory", "balloon", "shares", "allow-ksm");
    private static final Set<String> HARDWARE = Set.of(
            "acpi", "hotplug", "kvm", "machine", "scsihw", "smbios1", "tablet", "vga", "watchdog", "audio0", "rng0");
    private static final Set<String> GENERAL = Set.of(
            "agent",
            "autostart",
            "bios",
            "description",
            "keyboard",
            "localtime",
            "migrate_downtime",
            "migrate_speed",
            "name",
            "onboot",
            "ostype",
            "protection",
            "reboot",
            "startdate",
            "startup",
            "tdf",
            "template");
    private static final Set<String> DISK = Set.of("boot", "bootdisk", "vmstatestorage");
    private static final Set<String> CLOUD_INIT =
            Set.of("cicustom", "cipassword", "citype", "ciuser", "ciupgrade", "nameserver", "searchdomain", "sshkeys");

    private final Access access;

    ConfigRights(Access access) {
        this.access = access;
    }

    /**
     * Settings whose right does not depend on their value; drives, tags and devices are looked at by the other checks.
     */
    void check(Principal caller, int vmid, Optional<String> pool, Collection<String> settings) {
        if (caller.id().equals(Access.ROOT)) {
            return;
        }
        for (var setting : settings) {
            if (Drives.isDrive(Guest.Kind.QEMU, setting)
                    || setting.matches("cdrom|tags|(unused|serial|usb|hostpci|virtiofs)\\d+")) {
                continue;
            }
            if (CLOUD_INIT.contains(setting) || setting.matches("ipconfig\\d+")) {
                require(caller, vmid, pool, "VM.Config.Cloudinit", "VM.Config.Network");
            } else {
                require(caller, vmid, pool, privilege(setting));
            }
            if (setting.equals("startup")) {
                access.require(caller, "/", "Sys.Modify");
            }
        }
    }

    /** Serial ports, USB and PCI devices: only what is not the host's own. */
    void checkDevices(Principal caller, int vmid, Optional<String> pool, Map<String, String> settings) {
        if (caller.id().equals(Access.ROOT)) {
            return;
        }
        settings.forEach((key, value) -> {
            if (key.matches("serial\\d+") && !value.equals("socket")) {
                throw ApiException.failure("only root can set '" + key + "' config for real devices");
            }
            if (key.matches("(serial|usb|hostpci)\\d+")) {
                require(caller, vmid, pool, "VM.Config.HWType");
            }
            if (key.matches("virtiofs\\d+")) {
                require(caller, vmid, pool, "VM.Config.Disk");
            }
        });
    }

    /** A drive that is changed or removed; creating a machine with one asks for rights on the storage alone. */
    void checkDrive(Principal caller, int vmid, String drive) {
        var path = "/vms/" + vmid;
        if (Drives.isCloudInit(drive)) {
            access.require(caller, path, "VM.Config.Cloudinit");
            access.require(caller, path, "VM.Config.CDROM");
        } else {
            access.require(caller, path, Drives.isCdrom(drive) ? "VM.Config.CDROM" : "VM.Config.Disk");
        }
    }

    /** Tags, when they are set or taken away ({@code assert_tag_permissions}). */
    void checkTags(Principal caller, int vmid) {
        access.require(caller, "/vms/" + vmid, "VM.Config.Options");
    }

    private void require(Principal caller, int vmid, Optional<String> pool, String... anyOf) {
        var path = "/vms/" + vmid;
        if (pool.filter(name -> access.may(caller, "/pool/" + name, anyOf)).isEmpty()
                && !access.may(caller, path, anyOf)) {
            throw ApiException.forbidden(path + ", " + String.join("|", anyOf));
        }
    }

    private static String privilege(String setting) {
        if (CPU.contains(setting) || setting.matches("numa\\d+")) {
            return "VM.Config.CPU";
        }
        if (MEMORY.contains(setting)) {
            return "VM.Config.Memory";
        }
        if (HARDWARE.contains(setting)) {
            return "VM.Config.HWType";
        }
        if (GENERAL.contains(setting)) {
            return "VM.Config.Options";
        }
        if (setting.equals("freeze")) {
            return "VM.PowerMgmt";
        }
        if (DISK.contains(setting)) {
            return "VM.Config.Disk";
        }
        if (setting.matches("net\\d+")) {
            return "VM.Config.Network";
        }
        throw ApiException.failure("only root can set '" + setting + "' config");
    }
}
