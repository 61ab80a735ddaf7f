package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.Network;
import cloud.pxc.proxmox.GuestInterface;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearnedAddressesTest {

    private static final String MAC = "BC:24:11:00:00:01";

    @Test
    void onlyAddressesOfItsOwnInterfacesAndWithinTheirSubnetsCount() {
        var nic = nic("ipv4: {subnet: 10.20.0.0/16, mode: DHCP}");
        var told = List.of(
                new GuestInterface("lo", "00:00:00:00:00:00", List.of("127.0.0.1/8", "::1/128")),
                new GuestInterface("docker0", "02:42:00:00:00:01", List.of("10.20.9.9/24")),
                new GuestInterface("eth0", "bc:24:11:00:00:01", List.of("169.254.1.1/16", "192.0.2.7/24")),
                // The address may stand on a bridge that the guest has put its interface into.
                new GuestInterface("br0", "bc:24:11:00:00:01", List.of("fe80::1%eth0/64", "10.20.3.4/16")));

        assertThat(LearnedAddresses.of(List.of(nic), told)).containsExactly("10.20.3.4");
    }

    @Test
    void whatIsLeasedIsNotLearned() {
        var nic = new Nic(
                0,
                network("ipv4: {subnet: 10.20.0.0/16, mode: DHCP}"),
                MAC,
                false,
                Optional.of("10.20.1.1"),
                Optional.empty());

        assertThat(LearnedAddresses.of(List.of(nic), eth0("10.20.3.4/16"))).isEmpty();
        assertThat(LearnedAddresses.of(
                        List.of(nic("ipv4: {subnet: 10.20.0.0/16, pools: [10.20.1.1-10.20.1.9]}")),
                        eth0("10.20.3.4/16")))
                .isEmpty();
    }

    @Test
    void ofSeveralIpv6AddressesThatOfTheMacAddressLasts() {
        var nic = nic("ipv6: {subnet: 'fd00:20::/64', mode: SLAAC}");

        assertThat(LearnedAddresses.of(
                        List.of(nic),
                        eth0("fd00:20::1234:5678:9abc:def0/64", "fd00:20:0:0:be24:11ff:fe00:1/64", "10.20.3.4/16")))
                .containsExactly("fd00:20::be24:11ff:fe00:1");
        assertThat(LearnedAddresses.of(List.of(nic), eth0("fd00:20::1234:5678:9abc:def0/64")))
                .containsExactly("fd00:20::1234:5678:9abc:def0");
        assertThat(LearnedAddresses.of(List.of(nic), eth0("2001:db8::1/64"))).isEmpty();
    }

    @Test
    void aNetworkOfWhichNothingIsSaidHasDhcp() {
        assertThat(LearnedAddresses.of(List.of(nic("")), eth0("203.0.113.4/24", "2001:db8::1/64")))
                .containsExactly("203.0.113.4");
    }

    private static List<GuestInterface> eth0(String... addresses) {
        return List.of(new GuestInterface("eth0", "bc:24:11:00:00:01", List.of(addresses)));
    }

    private static Nic nic(String plan) {
        return new Nic(0, network(plan), MAC, false, Optional.empty(), Optional.empty());
    }

    private static Network network(String plan) {
        return Serialization.unmarshal("name: lan\nbridge: vmbr0\n" + plan, Network.class);
    }
}
