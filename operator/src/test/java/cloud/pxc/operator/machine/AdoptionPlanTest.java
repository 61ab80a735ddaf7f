package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.machine.AdoptionPlan.Adoptee;
import cloud.pxc.operator.machine.AdoptionPlan.Turn;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestInterface;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done with a guest that was made by hand, wherever it was cut off. */
class AdoptionPlanTest {

    private static final Machine MACHINE = Given.machine("adopt: 105");
    private static final ProxmoxClusterSpec CLUSTER = Serialization.unmarshal("""
            domain: cloud.example.org
            endpoints: ["https://192.0.2.11:8006"]
            credentialsRef: {namespace: pxc-system, name: alpha-token}
            vmids: {from: 10000, to: 19999}
            storage: {machines: local-lvm, images: local}
            networks:
              - {name: lan, bridge: vmbr0, ipv4: {subnet: 10.20.0.0/16, pools: [10.20.1.10-10.20.1.99]}}
              - {name: dmz, bridge: vmbr1, ipv6: {subnet: "2001:db8::/64", pools: ["2001:db8::1-2001:db8::9"]}}
            """, ProxmoxClusterSpec.class);
    private static final String OURS = "pxc-" + Given.UID;

    @Test
    void isDueUntilTheGuestIsFoundToBeOurs() {
        assertThat(AdoptionPlan.isDue(MACHINE, start())).isTrue();
        assertThat(AdoptionPlan.isDue(MACHINE, start().adoptedOn("pve1"))).isFalse();
        assertThat(AdoptionPlan.isDue(Given.machine(), start())).isFalse();
    }

    @Test
    void whatIsNotThereIsNeverMade() {
        assertThat(refusal(AdoptionPlan.next(MACHINE, start(), Optional.empty()))
                        .reason())
                .isEqualTo(MachineReason.NothingToAdopt);
    }

    @Test
    void aGuestOfTheOtherTypeATemplateAndAnotherMachinesAreRefused() {
        assertThat(refusal(next(start(), GuestType.LXC)).message()).contains("container", "set of type container");
        assertThat(refusal(next(start(), GuestType.QEMU, "template", "1")).message())
                .contains("clone it");
        assertThat(refusal(next(start(), GuestType.QEMU, "tags", "pxc-0a1b2c3d-0000-0000-0000-000000000002"))
                        .reason())
                .isEqualTo(MachineReason.AdoptionRefused);
    }

    @Test
    void aTagThatMerelyLooksAlikeIsAPersonsOwn() {
        assertThat(next(start(), GuestType.QEMU, "tags", "pxc-cluster")).isInstanceOf(Turn.Claim.class);
    }

    @Test
    void aLockIsWaitedOut() {
        var refusal = refusal(next(start(), GuestType.QEMU, "lock", "backup"));

        assertThat(refusal).isInstanceOf(Verdict.Failing.class);
        assertThat(refusal.reason()).isEqualTo(MachineReason.Locked);
    }

    @Test
    void itIsLeasedBeforeItIsTagged() {
        assertThat(next(start(), GuestType.QEMU)).isInstanceOf(Turn.Claim.class);
        assertThat(next(claimed(), GuestType.QEMU, "name", "old", "tags", "mine"))
                .isEqualTo(new Turn.TakeOver(Map.of(
                        "name",
                        "web-bold-otter.shop.cloud.example.org",
                        "tags",
                        "mine;pxc;" + OURS + ";shop.cloud.example.org")));
    }

    @Test
    void aNameThatIsRightAlreadyIsNotSet() {
        var turn = next(claimed(), GuestType.QEMU, "name", "web-bold-otter.shop.cloud.example.org");

        assertThat(((Turn.TakeOver) turn).settings()).containsOnlyKeys("tags");
    }

    @Test
    void whatCarriesTheTagAlreadyIsDoneAlsoAfterACrash() {
        assertThat(next(claimed(), GuestType.QEMU, "tags", OURS)).isInstanceOf(Turn.Done.class);
        assertThat(next(start(), GuestType.QEMU, "tags", OURS)).isInstanceOf(Turn.Claim.class);
    }

    @Test
    void interfacesAreTheSpecsInTheirOrderWithTheAddressesThatAreGivenAwayThere() {
        // given
        var machine = Given.machine("networks: [{name: lan}, {name: dmz}]");
        var config = Given.config(
                "net1", "virtio=aa:bb:cc:00:00:01,bridge=vmbr0",
                "net3", "e1000=AA:BB:CC:00:00:03,bridge=vmbr1,tag=5",
                "net4", "virtio=AA:BB:CC:00:00:04,bridge=vmbr1",
                "ipconfig1", "gw=10.20.0.1,ip=10.20.1.7/16,ip6=auto",
                "ipconfig3", "ip=192.0.2.7/24,ip6=2001:db8::7/64");

        // when
        var has = Belongings.of(machine, CLUSTER, config, List.of());

        // then
        assertThat(has.macs()).containsExactly("AA:BB:CC:00:00:01", "AA:BB:CC:00:00:03");
        assertThat(has.interfaces()).extracting(Belongings.Interface::number).containsExactly(1, 3);
        assertThat(has.addresses()).containsExactly("10.20.1.7", "2001:db8::7");
    }

    @Test
    void aContainersAddressesStandInItsInterfaces() {
        // given
        var container = Given.container("networks: [{name: lan}]");
        var config = Given.config(
                "net0",
                "name=eth0,bridge=vmbr0,gw=10.20.0.1,hwaddr=AA:BB:CC:00:00:01,ip=10.20.1.7/16,ip6=dhcp,type=veth");

        // when
        var has = Belongings.of(container, CLUSTER, config, List.of());

        // then
        assertThat(has.macs()).containsExactly("AA:BB:CC:00:00:01");
        assertThat(has.addresses()).containsExactly("10.20.1.7");
    }

    @Test
    void whatIsWrittenDownNowhereTheGuestTells() {
        // given
        var machine = Given.machine("networks: [{name: lan}]");
        var told = List.of(
                new GuestInterface("lo", "", List.of("127.0.0.1/8")),
                new GuestInterface("ens18", "aa:bb:cc:00:00:01", List.of("172.17.0.1/16", "10.20.1.9/16")));

        // when
        var has = Belongings.of(machine, CLUSTER, Given.config("net0", "virtio=AA:BB:CC:00:00:01"), told);

        // then
        assertThat(has.addresses()).containsExactly("10.20.1.9");
    }

    private static Progress start() {
        return Progress.of(MACHINE);
    }

    private static Progress claimed() {
        return start().adopting(new Vmid(105), "pve1", new Belongings(List.of()));
    }

    private static Turn next(Progress progress, GuestType type, String... settings) {
        GuestConfig config = Given.config(settings);
        return AdoptionPlan.next(
                MACHINE, progress, Optional.of(new Adoptee(new GuestId(type, "pve1", new Vmid(105)), config)));
    }

    private static Verdict refusal(Turn turn) {
        return ((Turn.Refuse) turn).verdict();
    }
}
