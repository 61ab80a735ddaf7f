package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.proxmox.ClusterState.NodeState;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.world.proxmox.NodeSpec;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about the cluster as a whole. */
class ProxmoxClientTest {

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(SimulatedProxmox.builder().version("9.2.11"));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void theVersionIsTold() {
        assertThat(lab.client().version()).isEqualTo(new Version("9.2.11", "9.2"));
    }

    @Test
    void aClusterHasANameAndAQuorum() {
        assertThat(lab.client().clusterState())
                .isEqualTo(new ClusterState(
                        "alpha",
                        true,
                        List.of(
                                new NodeState("pve1", true),
                                new NodeState("pve2", true),
                                new NodeState("pve3", true))));
    }

    @Test
    void whatTheClusterHasComesInOneCall() {
        // given
        var vm = lab.createdVm(
                300, Map.of("name", "web-0", "cores", "2", "memory", "512", "tags", "b;A", "scsi0", "local-lvm:1"));
        lab.succeed(lab.client().guests().start(vm));
        lab.proxmox().faults().lockHeld(300, "backup");
        lab.proxmox().requests().clear();
        // when
        var inventory = await().until(lab.client()::inventory, seen -> seen.guests().stream()
                .anyMatch(guest -> guest.id().equals(vm) && guest.state() == RunState.RUNNING));
        // then
        assertThat(lab.proxmox().requests().counts().keySet()).containsExactly("GET /cluster/resources");
        assertThat(inventory.guests())
                .contains(new GuestResource(
                        vm, "web-0", RunState.RUNNING, Set.of("a", "b"), false, Optional.of("backup"), 2, 512L << 20));
        assertThat(inventory.nodes()).hasSize(3).first().satisfies(node -> {
            assertThat(node.name()).isEqualTo("pve1");
            assertThat(node.online()).isTrue();
            assertThat(node.cores()).isEqualTo(8);
            assertThat(node.memory()).isEqualTo(32L << 30);
        });
        assertThat(inventory.storages())
                .filteredOn(storage ->
                        storage.storage().equals("local") && storage.node().equals("pve2"))
                .singleElement()
                .satisfies(storage -> {
                    assertThat(storage.available()).isTrue();
                    assertThat(storage.shared()).isFalse();
                    assertThat(storage.holds(ContentType.ISO)).isTrue();
                    assertThat(storage.total()).isEqualTo(200L << 30);
                });
    }

    @Test
    void aTokenWithoutRightsSeesNodesWithoutNumbersAndNothingElse() {
        // given
        lab.createdVm(301, Map.of());
        try (var nobody = lab.clientWith("nobody@pve!token")) {
            // when
            var inventory = nobody.inventory();
            // then
            assertThat(inventory.guests()).isEmpty();
            assertThat(inventory.storages()).isEmpty();
            assertThat(inventory.nodes()).hasSize(3).allMatch(node -> node.cores() == 0);
        }
    }

    @Test
    void permissionsAreThoseOfTheTokenAndInheritedByPath() {
        // given
        try (var limited = lab.clientWith("limited@pve!token", "VM.Audit")) {
            lab.proxmox().grant("limited@pve!token", "/storage/local", "Datastore.Audit");
            lab.proxmox().grant("limited@pve", "/storage/local", "Datastore.Audit");
            // when
            var permissions = limited.permissions();
            // then
            assertThat(permissions.has("/vms/100", "VM.Audit")).isTrue();
            assertThat(permissions.has("/vms", "VM.Allocate")).isFalse();
            assertThat(permissions.has("/storage/local", "Datastore.Audit")).isTrue();
            assertThat(permissions.has("/storage/local", "VM.Audit")).isFalse();
            assertThat(permissions.missing("/vms/100", List.of("VM.Clone", "VM.Audit", "VM.Allocate")))
                    .containsExactly("VM.Clone", "VM.Allocate");
        }
    }

    @Test
    void bridgesAreThoseThatTheTokenMayUse() {
        // given
        try (var stranger = lab.clientWith("stranger@pve!token", "VM.Audit");
                var tenant = lab.clientWith("tenant@pve!token", "VM.Audit")) {
            lab.proxmox().grant("tenant@pve!token", "/sdn/zones/localnetwork/vmbr0/20", "SDN.Use");
            lab.proxmox().grant("tenant@pve", "/sdn/zones/localnetwork/vmbr0/20", "SDN.Use");
            // when // then
            assertThat(lab.client().bridges("pve2")).containsExactly("vmbr0");
            assertThat(tenant.bridges("pve2")).containsExactly("vmbr0");
            assertThat(stranger.bridges("pve2")).isEmpty();
        }
    }

    @Test
    void aNodeThatIsOffIsSeenAndTheOthersKeepTheirQuorum() {
        // given
        try (var small = Lab.start(SimulatedProxmox.builder()
                .nodes(
                        new NodeSpec("pve1", 2, 1L << 30),
                        new NodeSpec("pve2", 2, 1L << 30),
                        new NodeSpec("pve3", 2, 1L << 30)))) {
            small.proxmox().faults().nodeDown("pve2");
            // when
            var one = small.client().clusterState();
            small.proxmox().faults().nodeDown("pve3");
            var two = small.client().clusterState();
            // then
            assertThat(one.quorate()).isTrue();
            assertThat(one.nodes()).contains(new NodeState("pve2", false));
            assertThat(two.quorate()).isFalse();
            assertThat(small.client().inventory().storages())
                    .filteredOn(storage -> storage.node().equals("pve2"))
                    .isNotEmpty()
                    .noneMatch(Inventory.StorageResource::available);
        }
    }
}
