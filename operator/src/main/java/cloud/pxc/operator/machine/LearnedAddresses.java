package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.AddressPlan;
import cloud.pxc.proxmox.GuestInterface;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a guest has got by itself, by DHCP or SLAAC, of all that it tells of. Pure.
 *
 * <p>Only those of a machine's own interfaces count, told by their MAC address, and where a subnet is declared only those in it:
 * loopback, bridges of container engines and VPNs are the guest's own business.
 */
final class LearnedAddresses {

    private static final int V4 = 4;

    private LearnedAddresses() {}

    /** In the order of the interfaces, of each its IPv4 one first. */
    static List<String> of(List<Nic> nics, List<GuestInterface> told) {
        return nics.stream().flatMap(nic -> of(nic, told)).distinct().toList();
    }

    private static Stream<String> of(Nic nic, List<GuestInterface> told) {
        var all = told.stream()
                .filter(each -> each.mac().equals(nic.mac().toLowerCase(Locale.ROOT)))
                .flatMap(each -> each.addresses().stream())
                // A guest may tell what it likes, such as fe80::1%eth0.
                .flatMap(address -> AddressRange.find(address.split("/")[0]).stream())
                .filter(LearnedAddresses::isReachable)
                .toList();
        var found = new ArrayList<String>();
        if (nic.dhcp4()) {
            first(all, V4, nic.network().ipv4()).ifPresent(found::add);
        }
        if (nic.dhcp6() || nic.slaac()) {
            lasting(all, nic).or(() -> first(all, 16, nic.network().ipv6())).ifPresent(found::add);
        }
        return found.stream();
    }

    private static Optional<String> first(List<InetAddress> all, int width, AddressPlan plan) {
        return all.stream()
                .filter(address -> address.getAddress().length == width)
                .map(AddressRange::text)
                .filter(address -> isWithin(address, plan))
                .findFirst();
    }

    /** The one made of the MAC address (RFC 4291, appendix A): those of privacy extensions change every day. */
    private static Optional<String> lasting(List<InetAddress> all, Nic nic) {
        return all.stream()
                .filter(address -> isMadeOf(nic.mac(), address.getAddress()))
                .map(AddressRange::text)
                .filter(address -> isWithin(address, nic.network().ipv6()))
                .findFirst();
    }

    private static boolean isMadeOf(String mac, byte[] address) {
        if (address.length == V4) {
            return false;
        }
        var octets = Stream.of(mac.split(":"))
                .mapToInt(pair -> Integer.parseInt(pair, 16))
                .toArray();
        int[] identifier = {octets[0] ^ 2, octets[1], octets[2], 0xFF, 0xFE, octets[3], octets[4], octets[5]};
        for (var i = 0; i < identifier.length; i++) {
            if ((address[i + identifier.length] & 0xFF) != identifier[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }

    private static boolean isWithin(String address, AddressPlan plan) {
        return plan == null || Subnet.of(plan.subnet()).contains(address);
    }
}
