package cloud.pxc.operator.machine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines among foreign guests, helping hands and weather, with a Proxmox VE cluster of each test's own. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineReconcilerTest {

    static final String WEB = "{name: web, image: debian-12, networks: [{name: lan}]}";
    private static final String CREATE = "/nodes/{node}/qemu";

    @Inject
    Leases leases;

    World world;
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(world);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aGuestThatWasThereBeforeIsPassedOver() {
        // given
        cluster.foreignVm("pve1", 10000);
        cluster.ready();

        // when
        cluster.stack("shop", WEB).awaitStackReady("shop");

        // then
        assertThat(cluster.status("shop-web-0").vmid()).isEqualTo(10001);
        assertThat(foreign(10000).config()).doesNotContainKey("tags").containsEntry("name", "theirs");
        assertThat(leases.holder("vmid/" + cluster.target(), "10000")).isEmpty();
    }

    @Test
    void aGuestThatTheTokenCantSeeIsNeverTouched() {
        // given
        cluster.foreignVm("pve1", 10000);
        cluster.ready();
        cluster.proxmox().grant(TestCluster.TOKEN, "/vms/10000", allBut("VM.Audit"));
        cluster.proxmox().grant("pxc@pve", "/vms/10000", allBut("VM.Audit"));

        // when
        cluster.stack("shop", WEB).awaitStackReady("shop");

        // then
        assertThat(cluster.status("shop-web-0").vmid()).isEqualTo(10001);
        assertThat(foreign(10000).config()).doesNotContainKey("tags").containsEntry("name", "theirs");
        assertThat(cluster.volumesOfGuests())
                .filteredOn(volume -> volume.contains(":iso/"))
                .hasSize(1);

        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).extracting(GuestView::vmid).containsExactly(10000);
        assertThat(cluster.volumesOfGuests()).hasSize(1);
    }

    @Test
    void aGuestThatIsCreatedInBetweenKeepsItsVmid() {
        // given
        cluster.ready();
        var slow = cluster.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/storage/{storage}/upload")
                        .isSlow(Duration.ofSeconds(50)));
        cluster.stack("shop", WEB);
        TestCluster.eventually(() -> cluster.machine("shop-web-0") != null
                && cluster.status("shop-web-0") != null
                && cluster.status("shop-web-0").vmid() != null);

        // when
        cluster.foreignVm("pve2", 10000);
        slow.close();

        // then
        cluster.awaitStackReady("shop");
        assertThat(cluster.status("shop-web-0").vmid()).isEqualTo(10001);
        assertThat(foreign(10000).config()).containsEntry("name", "theirs");
        assertThat(cluster.volumesOfGuests())
                .filteredOn(volume -> volume.contains(":iso/"))
                .hasSize(1);
    }

    @Test
    void aCloneOfOursIsNeitherAdoptedNorDestroyed() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        var ours = cluster.guest("shop-web-0").orElseThrow();

        // when
        cluster.awaitTask(
                cluster.asRoot().guests().clone(cluster.id("shop-web-0"), new Vmid(500), Map.of("full", "1")));
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        assertThat(foreign(500).tags()).containsAll(ours.tags());
        assertThat(cluster.proxmox().guests()).extracting(GuestView::vmid).containsExactly(500);
    }

    @Test
    void aGuestThatIsDestroyedByHandIsMissedAndMadeAnewOnlyWhenSomebodySaysSo() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        var guest = cluster.id("shop-web-0");
        var uid = cluster.machine("shop-web-0").getMetadata().getUid();

        // when
        cluster.destroyByHand(guest);

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "GuestMissing"))
                .contains("VMID 10000", "delete Machine shop-web-0");
        cluster.deleteMachine("shop-web-0");
        TestCluster.eventually(() -> Optional.ofNullable(cluster.machine("shop-web-0"))
                .filter(machine -> !machine.getMetadata().getUid().equals(uid))
                .isPresent());
        cluster.awaitStackReady("shop");
        assertThat(cluster.proxmox().guests()).hasSize(1);
    }

    @Test
    void aGuestThatIsStoppedByHandIsStartedAgain() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");

        // when
        cluster.awaitTask(cluster.asRoot().guests().stop(cluster.id("shop-web-0")));

        // then
        TestCluster.eventually(
                () -> cluster.guest("shop-web-0").orElseThrow().status().equals("running"));
        cluster.awaitMachineReady("shop-web-0");
        TestCluster.eventually(() -> !cluster.events("StartedAgain").isEmpty());
    }

    @Test
    void aGuestThatIsDestroyedByHandIsMadeAnewWithItsNameAndAddressesWhereThePolicySaysSo() {
        // given
        cluster.ready().stack("shop", WEB.replace("image:", "guestMissingPolicy: Recreate, image:"));
        cluster.awaitStackReady("shop");
        var before = cluster.status("shop-web-0");
        var guest = cluster.id("shop-web-0");

        // when
        cluster.destroyByHand(guest);

        // then
        TestCluster.eventually(
                () -> Optional.ofNullable(cluster.status("shop-web-0").vmid())
                        .filter(vmid -> !vmid.equals(before.vmid()))
                        .isPresent());
        cluster.awaitMachineReady("shop-web-0");
        var after = cluster.status("shop-web-0");
        assertThat(after.vmid()).isNotEqualTo(before.vmid());
        assertThat(after.addresses()).isEqualTo(before.addresses());
        assertThat(after.macs()).isEqualTo(before.macs());
        assertThat(cluster.guest("shop-web-0").orElseThrow().name()).isEqualTo(before.hostname());
        assertThat(cluster.proxmox().guests()).hasSize(1);
    }

    @Test
    void aGuestWhoseTagIsTakenAwayIsLeftAloneAndLetGo() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");

        // when
        cluster.asRoot()
                .guests()
                .configure(cluster.id("shop-web-0"), Map.of("tags", "theirs"), Set.of(), Optional.empty());

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "NotOurs")).contains("does not carry the tag pxc-");
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(foreign(10000).status()).isEqualTo("running");
        assertThat(leases.holder("vmid/" + cluster.target(), "10000")).isPresent();
    }

    @Test
    void aLockOfSomebodyElseIsWaitedOut() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        cluster.proxmox().faults().lockHeld(10000, "backup");

        // when
        cluster.stack("shop", WEB.replace("image:", "options: {description: changed}, image:"));

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "Locked")).contains("backup", "tried again by itself");
        cluster.proxmox().faults().unlock(10000);
        cluster.awaitStackReady("shop");
        assertThat(cluster.guest("shop-web-0").orElseThrow().config()).containsEntry("description", "changed");
    }

    @Test
    void aTaskThatFailsIsToldWithItsLogAndTriedAgain() {
        // given
        cluster.ready();
        var broken = cluster.proxmox()
                .faults()
                .inject(Fault.on("POST", CREATE).failsTask("unable to create VM 10000 - no space left on device"));

        // when
        cluster.stack("shop", WEB);

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "TaskFailed"))
                .contains("qmcreate", "no space left on device", "tried again by itself");
        assertThat(cluster.awaitStackReason("shop", "MachineFailing")).contains("shop-web-0", "no space left");
        broken.close();
        cluster.awaitStackReady("shop");
        assertThat(cluster.proxmox().guests()).hasSize(1);
    }

    @Test
    void aDeletionThatFailsIsToldAndGoesOnOnceItCan() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        var broken = cluster.proxmox()
                .faults()
                .inject(Fault.on("DELETE", "/nodes/{node}/qemu/{vmid}").failsTask("lvremove failed: volume is busy"));

        // when
        cluster.deleteStack("shop");

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "TaskFailed"))
                .contains("qmdestroy", "volume is busy", "pxc.cloud/force-delete");
        TestCluster.eventually(
                () -> cluster.stack("shop").getStatus().conditions().toString().contains("volume is busy"));
        broken.close();
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
    }

    @Test
    void anExhaustedPoolNamesItAndIsMendedByAWiderOne() {
        // given
        var pool = cluster.address(10) + "-" + cluster.address(10);
        var narrow = "[{name: lan, bridge: vmbr0, ipv4: {subnet: " + cluster.subnet() + ", pools: [" + pool + "]}}]";
        cluster.with("networks", narrow).ready();

        // when
        cluster.stack("shop", WEB.replace("image:", "replicas: 2, image:"));

        // then
        TestCluster.eventually(() -> cluster.machines().stream()
                .filter(machine -> machine.getStatus() != null)
                .anyMatch(machine -> machine.getStatus().conditions().toString().contains("PoolExhausted")));
        assertThat(cluster.awaitStackReason("shop", "MachineFailing"))
                .contains("every address of " + pool + " in network lan of ProxmoxCluster " + cluster.name()
                        + " is taken; add a range to its ipv4.pools, or delete machines");
        cluster.with("networks", narrow.replace("-" + cluster.address(10), "-" + cluster.address(11)))
                .ready();
        cluster.awaitStackReady("shop");
        assertThat(cluster.machines())
                .flatExtracting(machine -> machine.getStatus().addresses())
                .containsExactlyInAnyOrder(cluster.address(10), cluster.address(11));
    }

    @Test
    void exhaustedVmidsAreMendedByAWiderRange() {
        // given
        cluster.with("vmids", "{from: 10000, to: 10000}").ready();

        // when
        cluster.stack("shop", WEB.replace("image:", "replicas: 2, image:"));

        // then
        assertThat(cluster.awaitStackReason("shop", "MachineFailing"))
                .contains("every VMID from 10000 to 10000 of ProxmoxCluster", "widen spec.vmids");
        cluster.with("vmids", "{from: 10000, to: 10001}").ready();
        cluster.awaitStackReady("shop");
    }

    @Test
    void whereNoNodeHasRoomEachSaysWhy() {
        // given
        cluster.with("nodes", "{exclude: [pve3]}").ready();

        // when
        cluster.stack("shop", WEB.replace("image:", "memory: 40Gi, image:"));

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "NoRoom"))
                .contains(
                        "pve1: 32768 MiB of memory free, 40960 MiB wanted",
                        "pve2: 32768 MiB",
                        "pve3: spec.nodes.exclude names it",
                        "spec.overcommit");
        cluster.with("overcommit", "{memory: 2}").ready();
        cluster.awaitStackReady("shop");
    }

    @Test
    void aNetworkThatTheClusterDoesNotHaveIsNamedWithThoseItHas() {
        // given
        cluster.ready();

        // when
        cluster.stack("shop", WEB.replace("name: lan", "name: dmz"));

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "InvalidSpec"))
                .contains("has no network dmz (it has: lan)");
        assertThat(cluster.machine("shop-web-0").getStatus().conditions())
                .anyMatch(condition -> condition.getType().equals("Stalled"));
        cluster.stack("shop", WEB).awaitStackReady("shop");
    }

    @Test
    void aGuestMadeByHandIsTakenOverWithNothingChangedButWhatDiffers() {
        // given
        cluster.ready();
        var vm = new GuestId(GuestType.QEMU, "pve2", new Vmid(105));
        cluster.awaitTask(cluster.asRoot()
                .guests()
                .createVm(
                        "pve2",
                        vm.vmid(),
                        Map.ofEntries(
                                entry("name", "by-hand"),
                                entry("cores", "2"),
                                entry("memory", "1024"),
                                entry("description", "precious"),
                                entry("tags", "mine"),
                                entry("scsi0", "local-lvm:8"),
                                entry("net0", "e1000=AA:BB:CC:00:00:01,bridge=vmbr0"),
                                entry("ipconfig0", "ip=" + cluster.address(50) + "/24"))));
        cluster.awaitTask(cluster.asRoot().guests().start(vm));
        var before = foreign(105).config();

        // when
        cluster.stack(
                "shop",
                "{name: web, adopt: [105], cores: 4, memory: 1Gi,"
                        + " disks: [{name: root, size: 4Gi}], networks: [{name: lan}]}");

        // then
        TestCluster.eventually(() -> cluster.machine("shop-web-0") != null
                && cluster.status("shop-web-0") != null
                && Boolean.TRUE.equals(cluster.status("shop-web-0").started()));
        var status = cluster.status("shop-web-0");
        assertThat(status.adopted()).isTrue();
        assertThat(status.vmid()).isEqualTo(105);
        assertThat(status.macs()).containsExactly("AA:BB:CC:00:00:01");
        assertThat(status.addresses()).containsExactly(cluster.address(50));
        var after = new TreeMap<>(foreign(105).config());
        assertThat(after).containsEntry("name", status.hostname());
        assertThat(foreign(105).tags())
                .contains(
                        "mine",
                        "pxc",
                        "pxc-" + cluster.machine("shop-web-0").getMetadata().getUid());
        after.keySet().removeAll(Set.of("name", "tags"));
        assertThat(before).containsAllEntriesOf(after);
        assertThat(foreign(105).status()).isEqualTo("running");
        assertThat(cluster.asRoot().guests().pending(vm)).containsExactly("cores");
        assertThat(leases.holder("vmid/" + cluster.target(), "105")).isPresent();
        assertThat(leases.address(cluster.address(50))).isPresent();
        assertThat(cluster.proxmox().guests()).hasSize(1);
        assertThat(cluster.volumesOfGuests()).noneMatch(volume -> volume.contains(":iso/"));
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).isEmpty();
    }

    @Test
    void whatIsNotAdoptedNeedsAnImage() {
        cluster.ready();

        assertThatThrownBy(() -> cluster.stack("shop", "{name: web, replicas: 2, adopt: [105]}"))
                .hasMessageContaining("image is needed for each machine that is made");
    }

    @Test
    void whatIsNotThereOrAnothersIsNotAdopted() {
        // given
        cluster.ready();
        var other = "pxc-0a1b2c3d-0000-0000-0000-000000000001";
        var theirs = cluster.foreignVm("pve1", 106);
        cluster.asRoot().guests().configure(theirs, Map.of("tags", other), Set.of(), Optional.empty());
        var before = foreign(106).config();

        // when
        cluster.stack("shop", "{name: web, image: debian-12, replicas: 2, adopt: [106, 107]}");

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "AdoptionRefused")).contains(other, "Retain");
        assertThat(cluster.awaitMachineReason("shop-web-1", "NothingToAdopt")).contains("no guest with VMID 107");
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(foreign(106).config()).isEqualTo(before);
        assertThat(cluster.proxmox().guests()).hasSize(1);
    }

    private GuestView foreign(int vmid) {
        return cluster.proxmox().guests().stream()
                .filter(guest -> guest.vmid() == vmid)
                .findFirst()
                .orElseThrow();
    }

    private static String[] allBut(String privilege) {
        return Arrays.stream(SimulatedProxmox.allPrivileges())
                .filter(each -> !each.equals(privilege))
                .toArray(String[]::new);
    }
}
