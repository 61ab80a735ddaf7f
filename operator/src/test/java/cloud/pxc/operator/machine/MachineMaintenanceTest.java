package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines that are stopped, restarted and moved, by what is declared, by annotation, or by somebody else. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineMaintenanceTest {

    private static final String STATUS = "/nodes/{node}/qemu/{vmid}/status/";

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
    void aMachineIsStoppedRestartedOncePerValueAndStartedAsDeclared() {
        // given
        cluster.ready().stack("shop", MachineReconcilerTest.WEB).awaitStackReady("shop");

        // when
        cluster.annotate(cluster.machine("shop-web-0"), Steering.RESTART, "monday");

        // then
        TestCluster.eventually(
                () -> "monday".equals(cluster.status("shop-web-0").restarted()));
        cluster.awaitMachineReady("shop-web-0");
        assertThat(cluster.proxmox().requests().count("POST", STATUS + "shutdown"))
                .isEqualTo(1);
        assertThat(cluster.proxmox().requests().count("POST", STATUS + "start")).isEqualTo(2);

        // when
        cluster.stack("shop", MachineReconcilerTest.WEB.replace("image:", "powerState: Stopped, image:"));

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "Stopped")).contains("is stopped, as its powerState says");
        cluster.awaitStackReady("shop");
        assertThat(cluster.status("shop-web-0").phase()).isEqualTo(Phase.Stopped);
        assertThat(cluster.guest("shop-web-0").orElseThrow().status()).isEqualTo("stopped");

        // when
        cluster.stack("shop", MachineReconcilerTest.WEB);

        // then
        cluster.awaitMachineReason("shop-web-0", "Running");
        assertThat(cluster.guest("shop-web-0").orElseThrow().status()).isEqualTo("running");
        assertThat(cluster.proxmox().requests().count("POST", STATUS + "shutdown"))
                .isEqualTo(2);
    }

    @Test
    void aMachineMovesOnceWhereItsAnnotationSaysAndTakesItsCloudInitDataAlong() {
        // given
        cluster.ready().stack("shop", MachineReconcilerTest.WEB).awaitStackReady("shop");
        var other = cluster.status("shop-web-0").node().equals("pve1") ? "pve2" : "pve1";
        cluster.annotate(cluster.machine("shop-web-0"), Steering.MIGRATE, "pve9");
        assertThat(cluster.awaitMachineReason("shop-web-0", "MoveRefused"))
                .contains("runs; it does not move to pve9", "has no such node (it has: pve1, pve2, pve3)");

        // when
        cluster.annotate(cluster.machine("shop-web-0"), Steering.MIGRATE, other);

        // then
        TestCluster.eventually(() -> other.equals(cluster.status("shop-web-0").migrated()));
        cluster.awaitMachineReason("shop-web-0", "Running");
        assertThat(cluster.status("shop-web-0").node()).isEqualTo(other);
        var guest = cluster.guest("shop-web-0").orElseThrow();
        assertThat(guest.status()).isEqualTo("running");
        assertThat(guest.config().get("ide2")).contains(":iso/pxc-");
        assertThat(cluster.volumesOfGuests()).isNotEmpty().allMatch(volume -> volume.startsWith(other + " "));

        // when
        var byHand = cluster.asRoot().guests();
        byHand.configure(cluster.id("shop-web-0"), Map.of("ide2", "none,media=cdrom"), Set.of(), Optional.empty());
        cluster.awaitTask(byHand.migrate(cluster.id("shop-web-0"), "pve3"));

        // then
        TestCluster.eventually(() -> cluster.status("shop-web-0").node().equals("pve3")
                && cluster.guest("shop-web-0")
                        .orElseThrow()
                        .config()
                        .get("ide2")
                        .contains(":iso/pxc-"));
        cluster.awaitMachineReady("shop-web-0");
        assertThat(cluster.proxmox().requests().count("POST", "/nodes/{node}/qemu/{vmid}/migrate"))
                .isEqualTo(2);
    }

    @Test
    void snapshotsOnItsNodeKeepAMachineThereUntilTheyAreDeleted() {
        // given
        cluster.ready()
                .stack(
                        "shop",
                        MachineReconcilerTest.WEB,
                        "{name: ct, type: container, image: debian-12-ct, networks: [{name: lan}]}")
                .awaitStackReady("shop");
        var byHand = cluster.asRoot().snapshots();
        for (var machine : List.of("shop-web-0", "shop-ct-0")) {
            cluster.awaitTask(byHand.take(cluster.id(machine), "by-hand", false, ""));
        }

        // when
        for (var machine : List.of("shop-web-0", "shop-ct-0")) {
            var other = cluster.status(machine).node().equals("pve1") ? "pve2" : "pve1";
            cluster.annotate(cluster.machine(machine), Steering.MIGRATE, other);
        }

        // then
        for (var machine : List.of("shop-web-0", "shop-ct-0")) {
            assertThat(cluster.awaitMachineReason(machine, "MoveRefused"))
                    .contains("there are snapshots of it (by-hand)", "local-lvm:", "delete the snapshots");
        }
        assertThat(cluster.guest("shop-web-0").orElseThrow().config().get("ide2"))
                .contains(":iso/pxc-");
        assertThat(cluster.proxmox().requests().count("POST", "/nodes/{node}/qemu/{vmid}/migrate"))
                .isZero();
        assertThat(cluster.proxmox().requests().count("POST", "/nodes/{node}/lxc/{vmid}/migrate"))
                .isZero();

        // when
        for (var machine : List.of("shop-web-0", "shop-ct-0")) {
            cluster.awaitTask(byHand.delete(cluster.id(machine), "by-hand"));
        }

        // then
        for (var machine : List.of("shop-web-0", "shop-ct-0")) {
            TestCluster.eventually(() -> cluster.status(machine).migrated() != null);
            cluster.awaitMachineReason(machine, "Running");
        }
    }

    @Test
    void highAvailabilityIsToldOfAMachineStartsAndStopsItAndIsLeftAgain() {
        // given
        var available = MachineReconcilerTest.WEB.replace("image:", "highAvailability: {maxRestart: 3}, image:");
        cluster.ready().stack("shop", available).awaitStackReady("shop");
        var availability = cluster.asRoot().highAvailability();
        assertThat(availability.resource(cluster.id("shop-web-0")).orElseThrow().settings())
                .containsEntry("state", "started")
                .containsEntry("max_restart", "3");

        // when
        cluster.stack("shop", available.replace("image:", "powerState: Stopped, image:"));

        // then
        cluster.awaitMachineReason("shop-web-0", "Stopped");
        assertThat(cluster.guest("shop-web-0").orElseThrow().status()).isEqualTo("stopped");
        assertThat(availability.resource(cluster.id("shop-web-0")).orElseThrow().get("state"))
                .contains("stopped");

        // when
        cluster.stack("shop", MachineReconcilerTest.WEB);

        // then
        TestCluster.eventually(
                () -> availability.resource(cluster.id("shop-web-0")).isEmpty());
        cluster.awaitMachineReason("shop-web-0", "Running");
        assertThat(cluster.proxmox().requests().count("POST", STATUS + "shutdown"))
                .isZero();

        // when
        cluster.stack("shop", available);
        TestCluster.eventually(
                () -> availability.resource(cluster.id("shop-web-0")).isPresent());
        cluster.deleteStack("shop");

        // then
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).isEmpty();
    }

    @Test
    void whatIsHighlyAvailableLeavesADrainedNode() {
        // given
        var available = MachineReconcilerTest.WEB.replace("image:", "highAvailability: {maxRestart: 3}, image:");
        cluster.ready().stack("shop", available).awaitStackReady("shop");
        var left = cluster.status("shop-web-0").node();
        cluster.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu/{vmid}/migrate")
                        .failsTask("no space on target")
                        .times(1));

        // when
        cluster.annotate(cluster.object(), Steering.DRAIN, left);

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "TaskFailed")).contains("Task qmigrate");
        TestCluster.eventually(() -> !left.equals(cluster.status("shop-web-0").node()));
        cluster.awaitStackReady("shop");
        assertThat(cluster.guest("shop-web-0").orElseThrow().status()).isEqualTo("running");
        assertThat(cluster.asRoot()
                        .highAvailability()
                        .resource(cluster.id("shop-web-0"))
                        .orElseThrow()
                        .get("state"))
                .contains("started");
        assertThat(cluster.proxmox().guests()).hasSize(1);
    }

    @Test
    void aGuestThatMovesIsFollowedAndLeavesNothingOnTheNodeItWasMadeOn() {
        // given
        cluster.ready().stack("shop", MachineReconcilerTest.WEB).awaitStackReady("shop");
        var before = cluster.status("shop-web-0").node();
        var other = before.equals("pve1") ? "pve2" : "pve1";

        // when
        cluster.proxmox().move(10000, other);

        // then
        TestCluster.eventually(() -> cluster.status("shop-web-0").node().equals(other));
        cluster.awaitMachineReady("shop-web-0");
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).noneMatch(volume -> volume.contains(":iso/"));
    }
}
