package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressMode;
import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.AttachedDisk;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a guest that was made by hand has and nobody else may be given, as far as the spec's networks are concerned: its first interface
 * is for the first of them. Pure.
 */
record Belongings(List<Interface> interfaces) {

    private static final Pattern ADDRESS = Pattern.compile("(?:^|,)ip6?=([0-9A-Fa-f:.]+)/[0-9]+(?=,|$)");

    /** An address that the operator gives away in that network. */
    record Address(AddressPlan plan, String protocol, String value) {}

    /**
     * One of them.
     *
     * @param number as in {@code net0}
     * @param network name of the spec's
     */
    record Interface(int number, String network, String mac, List<Address> addresses) {}

    /** @param told by the guest itself, where it runs and answers */
    static Belongings of(Machine machine, ProxmoxClusterSpec cluster, GuestConfig config, List<GuestInterface> told) {
        var interfaces = new ArrayList<Interface>();
        var networks = machine.getSpec().networks().iterator();
        NicPlan.numbers(config).forEach(number -> {
            if (networks.hasNext()) {
                var text = config.get(NicPlan.device(number)).orElseThrow();
                var wanted = networks.next();
                NicSettings.mac(text).ifPresent(mac -> {
                    // Of a container it stands in its interface, of a virtual machine beside it.
                    var written = text + "," + config.get("ipconfig" + number).orElse("");
                    var all = Stream.of(said(wanted), written(written), told(mac, told))
                            .flatMap(Function.identity())
                            .toList();
                    var addresses = network(cluster, wanted.name())
                            .map(network -> addresses(network, all))
                            .orElse(List.of());
                    interfaces.add(new Interface(number, wanted.name(), mac, addresses));
                });
            }
        });
        return new Belongings(interfaces);
    }

    Belongings {
        interfaces = List.copyOf(interfaces);
    }

    /** What is noted of a guest once it is the machine's: where each disk and interface of the spec is. */
    GuestHardware hardware(Machine machine, GuestConfig config) {
        var disks = DiskMatch.of(machine.getSpec(), config, Optional.empty()).attached().entrySet().stream()
                .map(entry -> new AttachedDisk(
                        entry.getKey().name(),
                        entry.getValue().device(),
                        entry.getValue().volume(),
                        List.of()))
                .toList();
        var nics = interfaces.stream()
                .map(each -> new AttachedInterface(NicPlan.device(each.number()), each.network(), each.mac()))
                .toList();
        return new GuestHardware(disks, nics, null, null, null);
    }

    List<String> macs() {
        return interfaces.stream().map(Interface::mac).toList();
    }

    List<String> addresses() {
        return interfaces.stream()
                .flatMap(each -> each.addresses().stream())
                .map(Address::value)
                .toList();
    }

    private static List<Address> addresses(Network network, List<String> all) {
        return Stream.of(first(network.ipv4(), "ipv4", all), first(network.ipv6(), "ipv6", all))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Address> first(AddressPlan plan, String protocol, List<String> all) {
        if (plan == null || plan.mode() != null && plan.mode() != AddressMode.Pool) {
            return Optional.empty();
        }
        var subnet = Subnet.of(plan.subnet());
        return all.stream().filter(subnet::contains).findFirst().map(address -> new Address(plan, protocol, address));
    }

    private static Stream<String> said(NetworkInterface wanted) {
        return Stream.of(wanted.ipv4(), wanted.ipv6()).filter(Objects::nonNull).map(AddressRange::canonical);
    }

    private static Stream<String> written(String text) {
        return ADDRESS.matcher(text).results().map(match -> AddressRange.canonical(match.group(1)));
    }

    private static Stream<String> told(String mac, List<GuestInterface> told) {
        return told.stream()
                .filter(each -> each.mac().equals(mac.toLowerCase(Locale.ROOT)))
                .flatMap(each -> each.addresses().stream())
                .map(address -> AddressRange.canonical(address.split("/")[0]));
    }

    private static Optional<Network> network(ProxmoxClusterSpec cluster, String name) {
        return cluster.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }
}
