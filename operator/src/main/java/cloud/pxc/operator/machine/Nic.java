package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressMode;
import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.machine.NetworkInterface;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network interface of a machine with what is leased for it.
 *
 * @param number its place, from 0: {@code net0}, {@code eth0}
 */
record Nic(int number, Network network, String mac, boolean firewall, Optional<String> ipv4, Optional<String> ipv6) {

    /** The network as an interface of it is plugged in. */
    static Network plugged(Network network, NetworkInterface wanted) {
        return new Network(
                network.name(),
                network.bridge(),
                wanted.vlan() == null ? network.vlan() : wanted.vlan(),
                wanted.mtu() == null ? network.mtu() : wanted.mtu(),
                network.ipv4(),
                network.ipv6(),
                network.nameservers());
    }

    Stream<String> addresses() {
        return Stream.concat(ipv4.stream(), ipv6.stream());
    }

    /** As Linux writes it: {@code 10.20.1.17/16}. */
    Optional<String> ipv4WithPrefix() {
        return ipv4.map(address -> address + prefix(network.ipv4()));
    }

    Optional<String> ipv6WithPrefix() {
        return ipv6.map(address -> address + prefix(network.ipv6()));
    }

    /** Whether it asks a DHCP server for its IPv4 address: where that is said, and where nothing is said of addresses at all. */
    boolean dhcp4() {
        return ipv4.isEmpty()
                && (network.ipv4() == null
                        ? network.ipv6() == null
                        : network.ipv4().mode() == AddressMode.DHCP);
    }

    boolean dhcp6() {
        return isByItself(AddressMode.DHCP);
    }

    /** Whether it makes its IPv6 address of what the router advertises. */
    boolean slaac() {
        return isByItself(AddressMode.SLAAC);
    }

    private boolean isByItself(AddressMode mode) {
        return ipv6.isEmpty() && network.ipv6() != null && network.ipv6().mode() == mode;
    }

    /** How many addresses it gets that only the guest can tell of. */
    int learns() {
        return (dhcp4() ? 1 : 0) + (dhcp6() || slaac() ? 1 : 0);
    }

    /** Of a guest that was made by hand: what is not known of its addresses is its own business, and it alone can tell of them. */
    Nic keptAsItIs() {
        var kept = new Network(
                network.name(),
                network.bridge(),
                network.vlan(),
                network.mtu(),
                ipv4.isPresent() ? network.ipv4() : byItself(network.ipv4()),
                ipv6.isPresent() ? network.ipv6() : byItself(network.ipv6()),
                network.nameservers());
        return new Nic(number, kept, mac, firewall, ipv4, ipv6);
    }

    private static AddressPlan byItself(AddressPlan plan) {
        return plan == null || plan.mode() != null && plan.mode() != AddressMode.Pool
                ? plan
                : new AddressPlan(plan.subnet(), plan.gateway(), AddressMode.DHCP, null);
    }

    private static String prefix(AddressPlan plan) {
        return plan.subnet().substring(plan.subnet().indexOf('/'));
    }
}
