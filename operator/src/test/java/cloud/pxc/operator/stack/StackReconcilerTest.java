package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.world.World;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningOperator.class)
class StackReconcilerTest {

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
    void aStackOfVirtualMachinesAndContainersComesUpAndGoesWithoutATrace() {
        // when
        cluster.ready();
        cluster.stack(
                "shop",
                "{name: web, replicas: 3, image: debian-12, disks: [{name: root, size: 4Gi}], networks: [{name: lan}]}",
                "{name: cache, type: container, image: debian-12-ct, networks: [{name: lan}]}");
        cluster.awaitStackReady("shop");

        // then
        assertThat(cluster.proxmox().guests()).hasSize(4).allMatch(guest -> guest.status()
                .equals("running"));

        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
    }
}
