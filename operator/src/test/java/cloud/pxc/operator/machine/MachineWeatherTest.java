package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are lost, calls that never arrive, nodes that go down in the middle of it: one guest for each machine all the same. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineWeatherTest {

    private static final String WEB =
            "{name: web, replicas: %d, image: debian-12, disks: [{name: root, size: 2Gi}], networks: [{name: lan}]}";
    private static final String CACHE = "{name: cache, replicas: %d, type: container, image: debian-12-ct,"
            + " disks: [{name: root, size: 2Gi}], networks: [{name: lan}]}";
    private static final List<String> WAY_IN = List.of(
            "POST /nodes/{node}/storage/{storage}/upload",
            "POST /nodes/{node}/qemu",
            "POST /nodes/{node}/lxc",
            "PUT /nodes/{node}/qemu/{vmid}/resize",
            "POST /nodes/{node}/qemu/{vmid}/status/start",
            "POST /nodes/{node}/lxc/{vmid}/status/start");
    private static final List<String> WAY_OUT = List.of(
            "POST /nodes/{node}/qemu/{vmid}/status/stop",
            "POST /nodes/{node}/lxc/{vmid}/status/stop",
            "DELETE /nodes/{node}/qemu/{vmid}",
            "DELETE /nodes/{node}/lxc/{vmid}",
            "DELETE /nodes/{node}/storage/{storage}/content/**");

    @Inject
    Leases leases;

    World world;
    private TestCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyCallMayBeLostOnceOnItsWayOrOnItsWayBack(boolean carriedOut) {
        // given
        cluster = new TestCluster(world).ready();
        WAY_IN.forEach(call -> lose(call, carriedOut));

        // when
        cluster.stack("shop", WEB.formatted(1), CACHE.formatted(1)).awaitStackReady("shop");

        // then
        assertOneGuestEach(2);
        assertThat(cluster.proxmox().faults().inEffect()).isZero();

        // when
        WAY_OUT.forEach(call -> lose(call, carriedOut));
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        assertNothingIsLeft();
        assertThat(cluster.proxmox().faults().inEffect()).isZero();
    }

    @Test
    void aStormOfLostCallsDelaysAStackAndDoublesNothing() {
        // given
        cluster = new TestCluster(world).ready();
        for (var method : List.of("POST", "PUT", "DELETE")) {
            cluster.proxmox()
                    .faults()
                    .inject(Fault.on(method, "/**").dropsAfter().withProbability(0.2));
            cluster.proxmox()
                    .faults()
                    .inject(Fault.on(method, "/**").dropsBefore().withProbability(0.1));
        }
        cluster.proxmox().faults().inject(Fault.on("GET", "/**").dropsBefore().withProbability(0.05));

        // when
        cluster.stack("shop", WEB.formatted(5), CACHE.formatted(3)).awaitStackReady("shop");

        // then
        assertOneGuestEach(8);

        // when
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        assertNothingIsLeft();
    }

    @Test
    void aNodeThatGoesDownInTheMiddleOfACreationLeavesAHalfThatIsToldUntilItIsClearedAway() {
        // given
        cluster = new TestCluster(world, builder -> builder.taskDuration("qmcreate", Duration.ofSeconds(100))).ready();
        cluster.stack("shop", WEB.formatted(1));
        TestCluster.eventually(() -> !cluster.proxmox().guests().isEmpty());
        var node = cluster.proxmox().guests().getFirst().node();

        // when
        cluster.proxmox().faults().nodeDown(node);

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "Unreachable")).contains("by itself");
        TestCluster.eventually(() -> cluster.status("shop-web-0")
                .conditions()
                .toString()
                .contains("node " + node + " is offline: bring it back ("));

        // when
        cluster.proxmox().faults().nodeUp(node);

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "HalfCreated"))
                .contains("make sure that it is nobody else's", "qm unlock 10000 && qm destroy 10000 --purge");

        // when
        cluster.proxmox().faults().unlock(10000);
        cluster.awaitTask(cluster.asRoot().guests().destroy(new GuestId(GuestType.QEMU, node, new Vmid(10000))));

        // then
        cluster.awaitStackReady("shop");
        assertOneGuestEach(1);
    }

    @Test
    void aNodeThatGoesDownAndComesBackHasItsMachinesRunAgain() {
        // given
        cluster = new TestCluster(world).ready();
        cluster.stack("shop", WEB.formatted(3)).awaitStackReady("shop");
        var vmids =
                cluster.proxmox().guests().stream().map(guest -> guest.vmid()).toList();

        // when
        cluster.proxmox().faults().nodeDown("pve2");

        // then
        TestCluster.eventually(() -> cluster.machines().stream()
                .anyMatch(machine -> machine.getStatus().conditions().toString().contains("Unreachable")));

        // when
        cluster.proxmox().faults().nodeUp("pve2");

        // then
        cluster.awaitStackReady("shop");
        assertThat(cluster.proxmox().guests()).extracting(guest -> guest.vmid()).isEqualTo(vmids);
        assertThat(cluster.proxmox().guests()).allMatch(guest -> guest.status().equals("running"));
    }

    private void lose(String call, boolean carriedOut) {
        var words = call.split(" ");
        var calls = Fault.on(words[0], words[1]);
        cluster.proxmox().faults().inject((carriedOut ? calls.dropsAfter() : calls.dropsBefore()).times(1));
    }

    private void assertOneGuestEach(int machines) {
        assertThat(cluster.machines()).hasSize(machines);
        assertThat(cluster.proxmox().guests()).hasSize(machines).allMatch(guest -> guest.status()
                .equals("running"));
        cluster.machines().forEach(machine -> assertThat(
                        cluster.guest(machine.getMetadata().getName())
                                .orElseThrow()
                                .tags())
                .contains(MachineIdentity.ownerTag(machine)));
        assertThat(leases.of("vmid/" + cluster.target())).hasSize(machines);
        var virtual = cluster.machines().stream()
                .filter(machine -> machine.getStatus().seed() != null)
                .count();
        assertThat(cluster.volumesOfGuests()).hasSize((int) (machines + virtual));
    }

    private void assertNothingIsLeft() {
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
        assertThat(leases.of("vmid/" + cluster.target())).isEmpty();
        assertThat(leases.of("address/" + cluster.subnet())).isEmpty();
    }
}
