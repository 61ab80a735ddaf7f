package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.Network;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NicPlanTest {

    private static final AttachedInterface LAN = new AttachedInterface("net0", "lan", "BC:24:11:00:00:01");
    private static final AttachedInterface DMZ = new AttachedInterface("net1", "dmz", "BC:24:11:00:00:02");

    @Test
    void newInterfacesAreCountedFromZero() {
        assertThat(numbers(NicPlan.of(wanted("lan", "lan", "dmz"), List.of(), Set.of())))
                .containsExactly(0, 1, 2);
    }

    @Test
    void anInterfaceThatLeavesTheSpecMovesNoOther() {
        var plan = NicPlan.of(wanted("dmz"), List.of(LAN, DMZ), Set.of(0, 1));

        assertThat(plan.places()).containsExactly(new NicPlan.Place(1, Optional.of(DMZ)));
        assertThat(plan.stale()).containsExactly(LAN);
    }

    @Test
    void anInterfaceThatIsAddedBeforeOthersGetsTheNumberThatIsFree() {
        assertThat(numbers(NicPlan.of(wanted("storage", "lan", "dmz"), List.of(LAN, DMZ), Set.of(2))))
                .containsExactly(3, 0, 1);
    }

    @Test
    void anInterfaceThatIsForAnotherNetworkKeepsItsPlace() {
        var plan = NicPlan.of(wanted("storage", "dmz"), List.of(LAN, DMZ), Set.of());

        assertThat(plan.places())
                .containsExactly(new NicPlan.Place(0, Optional.of(LAN)), new NicPlan.Place(1, Optional.of(DMZ)));
        assertThat(plan.stale()).isEmpty();
    }

    @Test
    void twoInterfacesOfOneNetworkKeepTheirOrder() {
        var second = new AttachedInterface("net4", "lan", "BC:24:11:00:00:03");

        assertThat(numbers(NicPlan.of(wanted("lan", "lan"), List.of(LAN, second), Set.of())))
                .containsExactly(0, 4);
    }

    @Test
    void whatAnInterfaceWasBeforeDoesNotGiveItsNumberAway() {
        var before = new AttachedInterface("net0", "old", LAN.mac());

        var plan = NicPlan.of(wanted("lan", "storage"), List.of(LAN, before), Set.of());

        assertThat(numbers(plan)).containsExactly(0, 1);
        assertThat(plan.stale()).containsExactly(before);
    }

    @Test
    void onlyWhatIsTheSpecsIsChangedAtAnInterface() {
        var nic = new Nic(0, network(20, null), "BC:24:11:00:00:01", true, Optional.empty(), Optional.empty());

        assertThat(changed(nic, "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20,firewall=1,rate=10"))
                .isEmpty();
        assertThat(changed(nic, "e1000=bc:24:11:00:00:01,bridge=vmbr1,tag=30,mtu=9000,rate=10"))
                .contains("e1000=bc:24:11:00:00:01,bridge=vmbr0,tag=20,rate=10,firewall=1");
        assertThat(changed(nic, "virtio=BC:24:11:99:99:99,bridge=vmbr0,tag=20,firewall=1"))
                .contains("virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20,firewall=1");
    }

    @Test
    void anInterfaceOfAContainerIsComparedWithoutWhatProxmoxAdds() {
        var nic = new Nic(0, network(null, 1400), "BC:24:11:00:00:01", false, Optional.empty(), Optional.empty());

        assertThat(NicSettings.changed(
                        MachineType.container,
                        nic,
                        "name=eth0,bridge=vmbr0,firewall=0,hwaddr=BC:24:11:00:00:01,ip=dhcp,mtu=1400,type=veth"))
                .isEmpty();
        assertThat(NicSettings.changed(
                        MachineType.container,
                        nic,
                        "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=10.0.0.1/24,gw=10.0.0.2"))
                .hasValueSatisfying(text -> assertThat(PropertyString.of(text).parts())
                        .containsEntry("ip", "dhcp")
                        .containsEntry("mtu", "1400")
                        .doesNotContainKey("gw"));
    }

    private static Optional<String> changed(Nic nic, String actual) {
        return NicSettings.changed(MachineType.vm, nic, actual)
                .map(text -> PropertyString.of(text).text());
    }

    private static Network network(Integer vlan, Integer mtu) {
        return new Network("lan", "vmbr0", vlan, mtu, null, null, List.of());
    }

    private static List<Integer> numbers(NicPlan plan) {
        return plan.places().stream().map(NicPlan.Place::number).toList();
    }

    private static List<NetworkInterface> wanted(String... networks) {
        return Stream.of(networks)
                .map(name -> new NetworkInterface(name, null, false, null, null, null, null))
                .toList();
    }
}
