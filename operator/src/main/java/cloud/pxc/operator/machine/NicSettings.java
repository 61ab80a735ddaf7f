package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.MachineType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Proxmox is told of network interfaces. */
final class NicSettings {

    private static final Pattern MAC = Pattern.compile("([0-9A-F]{2}:){5}[0-9A-F]{2}", Pattern.CASE_INSENSITIVE);
    /** Parts that are as the spec has them; what others set beside them stays. */
    private static final Set<String> OWN =
            Set.of("bridge", "tag", "mtu", "firewall", "name", "hwaddr", "ip", "gw", "ip6", "gw6");

    /** Those of an interface that was there before the guest was taken over; what the spec doesn't say of them stays too. */
    private static final Set<String> OF_ADOPTED = Set.of("bridge", "tag", "mtu", "firewall");

    private NicSettings() {}

    static String of(MachineType type, Nic nic) {
        return switch (type) {
            case vm -> "virtio=" + nic.mac() + plug(nic);
            case container -> container(nic);
        };
    }

    /** An interface that is there as it is to be: with what others have set, and its model. Empty where it is so already. */
    static Optional<String> changed(MachineType type, Nic nic, String actual) {
        var wanted = PropertyString.of(of(type, nic));
        var there = PropertyString.of(actual);
        var changed = there;
        for (var part : OWN) {
            if (wanted.get(part).isEmpty()
                    && there.get(part).filter(value -> !value.equals("0")).isPresent()) {
                changed = changed.without(part);
            }
        }
        for (var part : wanted.parts().entrySet()) {
            var name = part.getKey();
            if (OWN.contains(name)
                    && there.get(name).filter(part.getValue()::equalsIgnoreCase).isEmpty()) {
                changed = changed.with(name, part.getValue());
            }
        }
        if (type == MachineType.vm && mac(actual).filter(nic.mac()::equals).isEmpty()) {
            changed = wanted;
        }
        return changed.equals(there) ? Optional.empty() : Optional.of(changed.text());
    }

    /** The same of a guest that was made by hand: only where it is plugged in. */
    static Optional<String> replugged(Nic nic, String actual) {
        var wanted = PropertyString.of("virtio=" + nic.mac() + plug(nic));
        var there = PropertyString.of(actual);
        var changed = wanted.get("tag").isEmpty() ? there.without("tag") : there;
        for (var part : OF_ADOPTED) {
            var value = wanted.get(part);
            if (value.isPresent() && !value.equals(there.get(part))) {
                changed = changed.with(part, value.get());
            }
        }
        return changed.equals(there) ? Optional.empty() : Optional.of(changed.text());
    }

    /** As it stands in the settings of an interface, of whatever model. */
    static Optional<String> mac(String settings) {
        return PropertyString.of(settings).parts().values().stream()
                .filter(value -> MAC.matcher(value).matches())
                .map(value -> value.toUpperCase(Locale.ROOT))
                .findFirst();
    }

    private static String plug(Nic nic) {
        var network = nic.network();
        return ",bridge=" + network.bridge()
                + (network.vlan() == null ? "" : ",tag=" + network.vlan())
                + (network.mtu() == null ? "" : ",mtu=" + network.mtu())
                + (nic.firewall() ? ",firewall=1" : "");
    }

    private static String container(Nic nic) {
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
