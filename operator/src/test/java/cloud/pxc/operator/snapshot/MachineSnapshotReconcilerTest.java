package cloud.pxc.operator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots of machines on a Proxmox VE cluster of each test's own. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MachineSnapshotReconcilerTest {

    private static final String WEB = "{name: web, image: debian-12, networks: [{name: lan}]}";

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
    void aSnapshotIsTakenRolledBackToOnceForEachValueAndDeleted() {
        // given
        snapshot("first", "pxc.cloud/roll-back: \"copied along\"");
        assertThat(awaitReason("first", "MachineMissing")).contains("kubectl get machines");
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        awaitReason("first", "Taken");
        var vm = cluster.id("shop-web-0");
        var taken = object("first").getStatus();
        assertThat(cluster.asRoot().snapshots().of(vm).all())
                .singleElement()
                .satisfies(there -> assertThat(there.name()).isEqualTo(taken.snapshot()));
        cluster.asRoot().guests().configure(vm, Map.of("cores", "7", "description", "x"), Set.of(), Optional.empty());

        // when
        cluster.annotate(object("first"), "pxc.cloud/roll-back", "now");

        // then
        TestCluster.eventually(() -> "now".equals(object("first").getStatus().rolledBack()));
        awaitReason("first", "Taken");
        TestCluster.eventually(
                () -> cluster.guest("shop-web-0").orElseThrow().status().equals("running"));
        cluster.awaitStackReady("shop");
        assertThat(cluster.guest("shop-web-0").orElseThrow().config()).containsEntry("cores", "1");
        assertThat(cluster.proxmox().requests().count("POST", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback"))
                .isEqualTo(1);
        delete("first");
        TestCluster.eventually(() -> object("first") == null);
        assertThat(cluster.asRoot().snapshots().of(vm).all()).isEmpty();
    }

    @Test
    void whatIsHighlyAvailableRunsAgainAfterARollback() {
        // given
        cluster.ready()
                .stack("shop", WEB.replace("image:", "highAvailability: {}, image:"))
                .awaitStackReady("shop");
        var available = cluster.asRoot().highAvailability();
        var vm = cluster.id("shop-web-0");
        TestCluster.eventually(() -> available.resource(vm).isPresent());
        snapshot("first", "");
        awaitReason("first", "Taken");
        cluster.asRoot().guests().configure(vm, Map.of("cores", "7"), Set.of(), Optional.empty());

        // when
        cluster.annotate(object("first"), "pxc.cloud/roll-back", "now");

        // then
        TestCluster.eventually(() -> "now".equals(object("first").getStatus().rolledBack()));
        TestCluster.eventually(
                () -> cluster.guest("shop-web-0").orElseThrow().status().equals("running"));
        cluster.awaitStackReady("shop");
        assertThat(available.resource(vm).orElseThrow().get("state")).contains("started");
        assertThat(cluster.guest("shop-web-0").orElseThrow().config()).containsEntry("cores", "1");
    }

    @Test
    void snapshotsGoWithTheirMachine() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        snapshot("kept", "");
        awaitReason("kept", "Taken");

        // when
        cluster.deleteStack("shop");

        // then
        cluster.awaitStackGone("shop");
        TestCluster.eventually(() -> object("kept") == null);
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
    }

    @Test
    void whatGoesWrongIsToldWithARemedyAndGoesOn() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");
        cluster.proxmox().faults().lockHeld(10000, "backup");

        // when
        snapshot("late", "");

        // then
        assertThat(awaitReason("late", "Locked")).contains("backup", "goes on once that is over");
        var broken = cluster.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu/{vmid}/snapshot")
                        .failsTask("snapshot feature is not available"));
        cluster.proxmox().faults().unlock(10000);
        assertThat(awaitReason("late", "NotSupported")).contains("LVM-thin", "taken by itself");
        assertThat(object("late").getStatus().phase()).isEqualTo(SnapshotPhase.Failed);
        broken.close();
        awaitReason("late", "Taken");
    }

    private void snapshot(String name, String annotation) {
        cluster.apply("""
                apiVersion: pxc.cloud/v1alpha1
                kind: MachineSnapshot
                metadata: {name: %s, namespace: %s, annotations: {%s}}
                spec: {machineRef: {name: shop-web-0}}
                """.formatted(name, cluster.name(), annotation));
    }

    private MachineSnapshot object(String name) {
        return world.controlPlane()
                .admin()
                .resources(MachineSnapshot.class)
                .inNamespace(cluster.name())
                .withName(name)
                .get();
    }

    private void delete(String name) {
        world.controlPlane().admin().resource(object(name)).delete();
    }

    private String awaitReason(String name, String reason) {
        return TestCluster.awaitReason(
                () -> object(name).getStatus() == null
                        ? List.<Condition>of()
                        : object(name).getStatus().conditions(),
                reason);
    }
}
