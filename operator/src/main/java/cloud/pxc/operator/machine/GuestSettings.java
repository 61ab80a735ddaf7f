package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Proxmox is told of a machine: the settings of {@code POST /nodes/{node}/qemu} and {@code …/lxc}. */
final class GuestSettings {

    /** Where a container has its first disk when nobody said how large. */
    private static final String CONTAINER_ROOT = "4Gi";

    private GuestSettings() {}

    /**
     * @param image volume that the first disk is imported from
     * @param seed volume of the cloud-init ISO
     */
    static Map<String, String> ofVm(
            Machine machine, ProxmoxClusterSpec cluster, Reservation reservation, String image, String seed) {
        var spec = machine.getSpec();
        var settings = new TreeMap<String, String>();
        settings.put("agent", "1");
        settings.put("ostype", "l26");
        settings.put("scsihw", "virtio-scsi-single");
        // Cloud images speak on their serial port.
        settings.put("serial0", "socket");
        settings.put("onboot", "1");
        settings.putAll(spec.options());
        settings.put("name", spec.hostname());
        settings.put("cores", spec.cores().toString());
        settings.put("memory", Sizes.mebibytes(spec.memory()));
        settings.put("tags", tags(machine));
        settings.put("boot", "order=scsi0;ide2");
        settings.put("ide2", seed + ",media=cdrom");
        settings.put("scsi0", storage(spec.disks(), 0, cluster) + ":0,import-from=" + image);
        settings.putAll(disks(machine, cluster));
        reservation.nics().forEach(nic -> settings.put("net" + nic.number(), "virtio=" + nic.mac() + plug(nic)));
        return settings;
    }

    /** @param template volume that the container is unpacked from */
    static Map<String, String> ofContainer(
            Machine machine, ProxmoxClusterSpec cluster, Reservation reservation, String template) {
        var spec = machine.getSpec();
        var settings = new TreeMap<String, String>();
        settings.put("unprivileged", "1");
        settings.put("features", "nesting=1");
        settings.put("onboot", "1");
        settings.putAll(spec.options());
        settings.put("ostemplate", template);
        settings.put("hostname", spec.hostname());
        settings.put("cores", spec.cores().toString());
        settings.put("memory", Sizes.mebibytes(spec.memory()));
        settings.put("tags", tags(machine));
        settings.put(
                "rootfs",
                storage(spec.disks(), 0, cluster) + ":"
                        + Sizes.gibibytes(
                                spec.disks().isEmpty()
                                        ? CONTAINER_ROOT
                                        : spec.disks().getFirst().size()));
        settings.putAll(disks(machine, cluster));
        reservation.nics().forEach(nic -> settings.put("net" + nic.number(), containerNet(nic)));
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

    /** Settings that can be changed while the guest is there, and differ; and disks that it does not have yet. */
    static Map<String, String> changes(Machine machine, ProxmoxClusterSpec cluster, GuestConfig config) {
        var spec = machine.getSpec();
        var wanted = new TreeMap<>(spec.options());
        wanted.put("cores", spec.cores().toString());
        wanted.put("memory", Sizes.mebibytes(spec.memory()));
        wanted.entrySet().removeIf(entry -> config.get(entry.getKey())
                .filter(entry.getValue()::equals)
                .isPresent());
        if (!config.tags().containsAll(MachineIdentity.tags(machine))) {
            var tags = new TreeSet<>(config.tags());
            tags.addAll(MachineIdentity.tags(machine));
            wanted.put("tags", String.join(";", tags));
        }
        disks(machine, cluster).forEach((name, settings) -> {
            if (config.get(name).isEmpty()) {
                wanted.put(name, settings);
            }
        });
        return wanted;
    }

    /** What the spec says and this guest can't become: only another guest could. */
    static List<String> rest(Machine machine, GuestConfig config) {
        var interfaces = config.settings().keySet().stream()
                .filter(key -> key.matches("net[0-9]+"))
                .count();
        var wanted = machine.getSpec().networks().size();
        return interfaces == wanted ? List.of() : List.of("networks (it has " + interfaces + " of " + wanted + ")");
    }

    /** Names of the disks in Proxmox, in the order of the spec, with the size each is to have at least. */
    static Map<String, Long> sizes(Machine machine) {
        var sizes = new TreeMap<String, Long>();
        var disks = machine.getSpec().disks();
        for (var i = 0; i < disks.size(); i++) {
            sizes.put(disk(machine, i), Sizes.bytes(disks.get(i).size()));
        }
        return sizes;
    }

    private static String disk(Machine machine, int index) {
        return switch (machine.getSpec().type()) {
            case vm -> "scsi" + index;
            case container -> index == 0 ? "rootfs" : "mp" + (index - 1);
        };
    }

    /** Settings of the disks beside the first, each of which is made empty. */
    private static Map<String, String> disks(Machine machine, ProxmoxClusterSpec cluster) {
        var settings = new TreeMap<String, String>();
        var disks = machine.getSpec().disks();
        for (var i = 1; i < disks.size(); i++) {
            var volume = storage(disks, i, cluster) + ":"
                    + Sizes.gibibytes(disks.get(i).size());
            settings.put(
                    disk(machine, i),
                    switch (machine.getSpec().type()) {
                        case vm -> volume;
                        case container -> volume + ",mp=/mnt/" + disks.get(i).name();
                    });
        }
        return settings;
    }

    private static String tags(Machine machine) {
        return String.join(";", new TreeSet<>(MachineIdentity.tags(machine)));
    }

    private static String storage(List<Disk> disks, int index, ProxmoxClusterSpec cluster) {
        var own = index < disks.size() ? disks.get(index).storage() : null;
        return own == null ? cluster.storage().machines() : own;
    }

    private static String plug(Nic nic) {
        var network = nic.network();
        return ",bridge=" + network.bridge()
                + (network.vlan() == null ? "" : ",tag=" + network.vlan())
                + (network.mtu() == null ? "" : ",mtu=" + network.mtu())
                + (nic.firewall() ? ",firewall=1" : "");
    }

    private static String containerNet(Nic nic) {
        var network = nic.network();
        var text = new StringBuilder("name=eth" + nic.number() + ",hwaddr=" + nic.mac() + plug(nic));
        text.append(",ip=").append(nic.ipv4WithPrefix().orElse(nic.dhcp4() ? "dhcp" : "manual"));
        if (nic.ipv4().isPresent() && network.ipv4().gateway() != null) {
            text.append(",gw=").append(network.ipv4().gateway());
        }
        nic.ipv6WithPrefix()
                .or(() -> nic.slaac() ? Optional.of("auto") : Optional.empty())
                .or(() -> nic.dhcp6() ? Optional.of("dhcp") : Optional.empty())
                .ifPresent(address -> text.append(",ip6=").append(address));
        if (nic.ipv6().isPresent() && network.ipv6().gateway() != null) {
            text.append(",gw6=").append(network.ipv6().gateway());
        }
        return text.toString();
    }
}
