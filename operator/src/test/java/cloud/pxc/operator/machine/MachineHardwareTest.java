package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.Condition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What guests are made of, and changed to while they run. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineHardwareTest {

    private static final String WEB = "shop-web-0";

    @Inject
    Leases leases;

    World world;
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(world);
        cluster.proxmox().createPool("team-a");
        cluster.proxmox().createPool("team-b");
        cluster.with(
                "networks",
                "[{name: lan, bridge: vmbr0, ipv4: {subnet: %s, pools: [%s-%s]}}, {name: dmz, bridge: vmbr0, vlan: 30}]"
                        .formatted(cluster.subnet(), cluster.address(10), cluster.address(20)));
        cluster.ready();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aVirtualMachineFollowsItsSpecInPlace() {
        // given
        cluster.stack(
                        "shop",
                        "{name: web, image: debian-12, firmware: {type: uefi, secureBoot: true}, tpm: true, pool: team-a,"
                                + " tags: [blue], options: {description: shop, startup: \"order=1,up=5\"},"
                                + " disks: [{name: root, size: 2Gi}, {name: data, size: 1Gi}], networks: [{name: lan}]}")
                .awaitStackReady("shop");
        var made = config();
        assertThat(made)
                .containsEntry("bios", "ovmf")
                .hasEntrySatisfying("efidisk0", disk -> assertThat(disk).contains("pre-enrolled-keys=1", "efitype=4m"))
                .hasEntrySatisfying("tpmstate0", disk -> assertThat(disk).contains("version=v2.0"))
                .hasEntrySatisfying("scsi0", disk -> assertThat(disk).contains("serial=root", "size=2G"))
                .hasEntrySatisfying("scsi1", disk -> assertThat(disk).contains("serial=data", "size=1G"));
        assertThat(cluster.proxmox().poolOf(10000)).contains("team-a");
        byHand(Map.of("tags", made.get("tags") + ";backup", "onboot", "0"));

        // when
        cluster.stack(
                "shop",
                "{name: web, image: debian-12, firmware: {type: uefi, secureBoot: true}, tpm: true, pool: team-b,"
                        + " tags: [green], options: {startup: \"up=5,order=1\"},"
                        + " disks: [{name: logs, size: 1Gi}, {name: data, size: 2Gi, options: {backup: \"0\"}}, {name: root, size: 2Gi}],"
                        + " networks: [{name: dmz, firewall: true}, {name: lan}]}");

        // then
        TestCluster.eventually(() -> cluster.proxmox().poolOf(10000).equals(Optional.of("team-b")));
        cluster.awaitStackReady("shop");
        var changed = config();
        assertThat(changed)
                .doesNotContainKey("description")
                .containsEntry("onboot", "0")
                .containsEntry("startup", made.get("startup"))
                .containsEntry("net0", made.get("net0"))
                .containsEntry("scsi0", made.get("scsi0"))
                .containsEntry("efidisk0", made.get("efidisk0"))
                .containsEntry("tpmstate0", made.get("tpmstate0"))
                .hasEntrySatisfying("net1", nic -> assertThat(nic).contains("tag=30", "firewall=1"))
                .hasEntrySatisfying("scsi1", disk -> assertThat(disk)
                        .startsWith(made.get("scsi1").split(",")[0] + ",")
                        .contains("serial=data", "backup=0", "size=2G"))
                .hasEntrySatisfying("scsi2", disk -> assertThat(disk).contains("serial=logs", "size=1G"));
        assertThat(Arrays.asList(changed.get("tags").split(";")))
                .contains("backup", "green", "pxc")
                .doesNotContain("blue");
    }

    @Test
    void whatLeavesTheSpecLeavesTheGuestExceptForDisks() {
        // given
        cluster.stack(
                        "shop",
                        "{name: web, image: debian-12, disks: [{name: root, size: 2Gi}, {name: data, size: 1Gi}],"
                                + " networks: [{name: lan}, {name: dmz}]}")
                .awaitStackReady("shop");
        var made = config();
        byHand(Map.of("net5", "virtio,bridge=vmbr0"));

        // when
        cluster.stack(
                "shop", "{name: web, image: debian-12, disks: [{name: root, size: 2Gi}], networks: [{name: dmz}]}");

        // then
        TestCluster.eventually(() -> !config().containsKey("net0")
                && leases.of("mac/" + cluster.target()).size() == 1);
        cluster.awaitStackReady("shop");
        assertThat(config())
                .containsEntry("net1", made.get("net1"))
                .containsEntry("scsi1", made.get("scsi1"))
                .containsKey("net5");
        assertThat(cluster.status(WEB).addresses()).isEmpty();
        assertThat(cluster.awaitMachineReason(WEB, "Running")).contains("disk data (scsi1) stays");

        // when
        cluster.stack(
                "shop",
                "{name: web, image: debian-12, disks: [{name: root, size: 2Gi}, {name: data, size: 1Gi}],"
                        + " networks: [{name: lan}]}");

        // then
        TestCluster.eventually(() -> config().getOrDefault("net1", "").contains(",bridge=vmbr0")
                && !config().get("net1").contains("tag="));
        cluster.awaitStackReady("shop");
        assertThat(config().get("net1")).startsWith(made.get("net1").split(",")[0]);
        assertThat(config()).containsEntry("scsi1", made.get("scsi1")).doesNotContainKey("scsi2");
        assertThat(cluster.status(WEB).addresses()).hasSize(1);
    }

    @Test
    void whatWaitsForTheNextStartIsAConditionUntilThen() {
        // given
        cluster.stack("shop", "{name: web, image: debian-12, networks: [{name: lan}]}")
                .awaitStackReady("shop");

        // when
        cluster.stack(
                "shop",
                "{name: web, image: debian-12, networks: [{name: lan}],"
                        + " options: {cpu: host, hotplug: \"disk,network\"}}");

        // then
        TestCluster.eventually(() -> restart()
                .filter(condition -> condition.getMessage().equals("cpu, hotplug"))
                .isPresent());
        assertThat(restart()).map(Condition::getStatus).contains("True");
        var puts = cluster.proxmox().requests().count("PUT", "/nodes/{node}/qemu/{vmid}/config");

        // when
        cluster.awaitTask(cluster.asRoot().guests().stop(cluster.id(WEB)));

        // then
        TestCluster.eventually(() -> restart().isEmpty());
        cluster.awaitStackReady("shop");
        assertThat(config()).containsEntry("cpu", "host");
        assertThat(cluster.proxmox().requests().count("PUT", "/nodes/{node}/qemu/{vmid}/config"))
                .isEqualTo(puts);
    }

    @Test
    void aContainerFollowsItsSpecInPlace() {
        // given
        cluster.stack(
                        "shop",
                        "{name: web, type: container, image: debian-12-ct, pool: team-a, networks: [{name: lan}],"
                                + " disks: [{name: root, size: 2Gi}, {name: data, size: 1Gi}]}")
                .awaitStackReady("shop");
        var made = config();

        // when
        cluster.stack(
                "shop",
                "{name: web, type: container, image: debian-12-ct, tags: [green], networks: [{name: dmz}, {name: lan}],"
                        + " disks: [{name: logs, size: 1Gi, mountPath: /var/log}, {name: data, size: 2Gi}, {name: root, size: 3Gi}]}");

        // then
        TestCluster.eventually(() -> config().containsKey("mp1") && config().containsKey("net1"));
        cluster.awaitStackReady("shop");
        TestCluster.eventually(() -> cluster.proxmox().poolOf(10000).isEmpty());
        assertThat(config())
                .containsEntry("net0", made.get("net0"))
                .hasEntrySatisfying("net1", nic -> assertThat(nic).contains("name=eth1", "tag=30", "ip=dhcp"))
                .hasEntrySatisfying("mp0", disk -> assertThat(disk).contains("mp=/mnt/data", "size=2G"))
                .hasEntrySatisfying("mp1", disk -> assertThat(disk).contains("mp=/var/log", "size=1G"))
                .hasEntrySatisfying("rootfs", disk -> assertThat(disk).contains("size=3G"))
                .hasEntrySatisfying(
                        "tags", tags -> assertThat(List.of(tags.split(";"))).contains("green"));
    }

    private Optional<Condition> restart() {
        return Conditions.find(cluster.status(WEB).conditions(), MachineReport.RESTART);
    }

    private Map<String, String> config() {
        return cluster.guest(WEB).orElseThrow().config();
    }

    private void byHand(Map<String, String> settings) {
        cluster.asRoot().guests().configure(cluster.id(WEB), settings, Set.of(), Optional.empty());
    }
}
