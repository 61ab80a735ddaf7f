package cloud.pxc.world.proxmox;

import java.util.Collection;
import java.util.Set;

/** Which privilege each setting of a virtual machine needs: {@code check_vm_modify_config_perm} of {@code PVE/API2/Qemu.pm}. */
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

    /** @throws ApiException 403 naming the first privilege that is missing, or 500 for what only root may set */
    void check(Principal caller, int vmid, Collection<String> settings) {
        if (caller.id().equals(Access.ROOT)) {
            return;
        }
        var path = "/vms/" + vmid;
        for (var setting : settings) {
            switch (privilege(setting)) {
                case "" -> {}
                case "VM.Config.Cloudinit" -> {
                    if (!access.may(caller, path, "VM.Config.Cloudinit", "VM.Config.Network")) {
                        throw ApiException.forbidden(path + ", VM.Config.Cloudinit|VM.Config.Network");
                    }
                }
                case String privilege -> access.require(caller, path, privilege);
            }
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
        if (GENERAL.contains(setting) || setting.equals("tags") || setting.matches("serial\\d+")) {
            return "VM.Config.Options";
        }
        if (setting.equals("freeze")) {
            return "VM.PowerMgmt";
        }
        if (setting.matches("ide\\d+|cdrom")) {
            return ""; // a disk or a CD-ROM: looked at where its value is known
        }
        if (DISK.contains(setting) || Drives.isDrive(Guest.Kind.QEMU, setting) || Drives.isUnused(setting)) {
            return "VM.Config.Disk";
        }
        if (setting.matches("net\\d+")) {
            return "VM.Config.Network";
        }
        if (CLOUD_INIT.contains(setting) || setting.matches("ipconfig\\d+")) {
            return "VM.Config.Cloudinit";
        }
        if (setting.matches("(usb|hostpci|virtiofs)\\d+")) {
            return "VM.Config.HWType";
        }
        throw ApiException.failure("only root can set '" + setting + "' config");
    }
}
