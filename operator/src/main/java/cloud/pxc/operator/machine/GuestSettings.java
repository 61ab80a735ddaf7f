package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Proxmox is told of a machine that is to be made: the settings of {@code POST /nodes/{node}/qemu} and {@code …/lxc}. */
final class GuestSettings {

    private static final Map<String, String> OF_VM = Map.of(
            "agent", "1",
            "ostype", "l26",
            "scsihw", "virtio-scsi-single",
            // Cloud images speak on their serial port.
            "serial0", "socket",
            "onboot", "1");
    private static final Map<String, String> OF_CONTAINER = Map.of(
            "unprivileged", "1",
            "features", "nesting=1",
            "onboot", "1");

    private GuestSettings() {}

    /**
     * @param image volume that the first disk is imported from
     * @param seed volume of the cloud-init ISO
     */
    static Map<String, String> ofVm(
            Machine machine, ProxmoxClusterSpec cluster, Reservation reservation, String image, String seed) {
        var spec = machine.getSpec();
        var settings = common(machine, cluster, reservation, image);
        settings.put("name", spec.hostname());
        settings.put("boot", "order=scsi0;ide2");
        settings.put("ide2", seed + ",media=cdrom");
        settings.putAll(FirmwarePlan.made(spec, cluster));
        return settings;
    }

    /** @param template volume that the container is unpacked from */
    static Map<String, String> ofContainer(
            Machine machine, ProxmoxClusterSpec cluster, Reservation reservation, String template) {
        var spec = machine.getSpec();
        var settings = common(machine, cluster, reservation, template);
        settings.put("ostemplate", template);
        settings.put("hostname", spec.hostname());
        var nameservers = reservation.nics().stream()
                .flatMap(nic -> nic.network().nameservers().stream())
                .distinct()
                .toList();
        if (!nameservers.isEmpty()) {
            settings.put("nameserver", String.join(" ", nameservers));
            settings.put("searchdomain", MachineIdentity.stackFqdn(machine));
        }
        if (spec.cloudInit() != null && !spec.cloudInit().sshAuthorizedKeys().isEmpty()) {
            settings.put("ssh-public-keys", String.join("\n", spec.cloudInit().sshAuthorizedKeys()));
        }
        return settings;
    }

    /** What a guest gets where its spec says nothing else. */
    static Map<String, String> usual(MachineType type) {
        return switch (type) {
            case vm -> OF_VM;
            case container -> OF_CONTAINER;
        };
    }

    private static Map<String, String> common(
            Machine machine, ProxmoxClusterSpec cluster, Reservation reservation, String image) {
        var spec = machine.getSpec();
        var settings = new TreeMap<>(usual(spec.type()));
        settings.putAll(spec.options());
        settings.put("cores", spec.cores().toString());
        settings.put("memory", Sizes.mebibytes(spec.memory()));
        settings.put("tags", tags(machine));
        if (spec.pool() != null) {
            settings.put("pool", spec.pool());
        }
        settings.putAll(DiskSettings.made(spec, cluster, image));
        reservation.nics().forEach(nic -> settings.put(NicPlan.device(nic.number()), NicSettings.of(spec.type(), nic)));
        return settings;
    }

    private static String tags(Machine machine) {
        var tags = new TreeSet<>(machine.getSpec().tags());
        tags.addAll(MachineIdentity.tags(machine));
        return String.join(";", tags);
    }
}
