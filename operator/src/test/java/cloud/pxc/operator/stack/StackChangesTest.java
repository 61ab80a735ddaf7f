package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.SetStatus;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the machines of a running stack when it is changed, restarted, or to be deleted although it is protected. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class StackChangesTest {

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
    void coresMemoryAndDisksChangeInPlace() {
        // given
        cluster.ready()
                .stack("shop", StackReconcilerTest.WEB.formatted(1), StackReconcilerTest.CACHE)
                .awaitStackReady("shop");
        var before = cluster.guest("shop-web-0").orElseThrow();

        // when
        cluster.stack(
                        "shop",
                        StackReconcilerTest.WEB
                                .formatted(1)
                                .replace("cores: 2, memory: 1Gi", "cores: 4, memory: 2Gi")
                                .replace("4Gi", "6Gi")
                                .replace("2Gi}]", "2Gi}, {name: logs, size: 1Gi}]"),
                        StackReconcilerTest.CACHE.replace("3Gi", "5Gi").replace("image:", "memory: 2Gi, image:"))
                .awaitStackReady("shop");

        // then
        var after = cluster.guest("shop-web-0").orElseThrow();
        assertThat(after.vmid()).isEqualTo(before.vmid());
        assertThat(after.status()).isEqualTo("running");
        assertThat(after.config().get("scsi0")).contains("size=6G");
        assertThat(after.config().get("scsi2")).contains("size=1G");
        assertThat(after.config().get("net0")).isEqualTo(before.config().get("net0"));
        assertThat(cluster.guest("shop-cache-0").orElseThrow().config())
                .containsEntry("memory", "2048")
                .hasEntrySatisfying("rootfs", disk -> assertThat(disk).contains("size=5G"));
        // A virtual machine takes them at its next start; until then that is told.
        assertThat(cluster.awaitMachineReason("shop-web-0", "RestartNeeded"))
                .contains(
                        "cores, memory changes with its next start",
                        "kubectl annotate --overwrite machine",
                        "pxc.cloud/restart=");
        assertThat(cluster.asRoot().guests().config(cluster.id("shop-web-0")).get("memory"))
                .contains("2048");
        assertThat(cluster.awaitStackReason("shop", "OutOfDate"))
                .startsWith("all 2 machines run; waiting for their next start: shop-web-0; annotate");
    }

    @Test
    void whatWaitsForAStartIsRestartedWhereThatIsAskedFor() {
        // given
        var set = "{name: web, replicas: 2, image: debian-12, cores: %d, updateStrategy: {type: Restart}}";
        cluster.ready().stack("shop", set.formatted(1)).awaitStackReady("shop");
        var before = byName(cluster.machines());
        var away = new Away(2);
        cluster.watchMachines(away);

        // when
        cluster.stack("shop", set.formatted(2));
        cluster.awaitStackReason("shop", "Restarting");
        cluster.awaitStackReason("shop", "Running");

        // then
        assertThat(cluster.machines())
                .allMatch(machine -> machine.getStatus().restarted().equals("generation-2"))
                .allMatch(machine -> machine.getMetadata()
                        .getUid()
                        .equals(before.get(machine.getMetadata().getName())
                                .getMetadata()
                                .getUid()));
        assertThat(List.of("shop-web-0", "shop-web-1"))
                .allMatch(machine ->
                        cluster.asRoot().guests().pending(cluster.id(machine)).isEmpty());

        // when
        away.forget();
        cluster.annotate(cluster.stack("shop"), Steering.RESTART, "monday");
        cluster.awaitStackReason("shop", "Restarting");
        cluster.awaitStackReason("shop", "Running");

        // then
        assertThat(cluster.machines())
                .allMatch(machine -> machine.getStatus().restarted().equals("stack-monday"));
        assertThat(away.most()).isEqualTo(1);
    }

    @Test
    void anotherImageIsToldOfAndReplacesMachinesOneByOneOnceThatIsAskedFor() {
        // given
        cluster.ready().stack("shop", StackReconcilerTest.SMALL.formatted(3)).awaitStackReady("shop");
        var before = byName(cluster.machines());

        // when
        cluster.with(
                        "images",
                        "[" + TestCluster.image(TestCluster.imageChecksum()).replace(".qcow2", ".qcow2?v=2") + "]")
                .apply();

        // then
        assertThat(cluster.awaitStackReason("shop", "OutOfDate"))
                .isEqualTo("all 3 machines run; out of date: shop-web-0, shop-web-1, shop-web-2 (image debian-12);"
                        + " updateStrategy.type Recreate replaces them one by one, with empty disks");
        assertThat(cluster.stack("shop").getStatus().sets())
                .extracting(SetStatus::updated, SetStatus::outOfDate)
                .containsExactly(tuple(0, 3));
        assertThat(cluster.machines()).allSatisfy(machine -> {
            var same = before.get(machine.getMetadata().getName());
            assertThat(machine.getMetadata().getUid())
                    .isEqualTo(same.getMetadata().getUid());
            assertThat(machine.getStatus().vmid()).isEqualTo(same.getStatus().vmid());
        });

        // when
        var away = new Away(3);
        cluster.watchMachines(away);
        cluster.stack(
                "shop",
                StackReconcilerTest.SMALL
                        .formatted(3)
                        .replace("networks:", "updateStrategy: {type: Recreate}, networks:"));
        cluster.awaitStackReason("shop", "Replacing");
        cluster.awaitStackReason("shop", "Running");

        // then
        var after = byName(cluster.machines());
        assertThat(after).hasSize(3).allSatisfy((name, machine) -> {
            assertThat(machine.getMetadata().getUid())
                    .isNotEqualTo(before.get(name).getMetadata().getUid());
            assertThat(machine.getSpec().hostname())
                    .isEqualTo(before.get(name).getSpec().hostname());
            assertThat(machine.getStatus().image())
                    .isNotEqualTo(before.get(name).getStatus().image());
        });
        assertThat(away.most()).isEqualTo(1);
        assertThat(cluster.proxmox().guests()).hasSize(3);
        TestCluster.eventually(() -> cluster.events("Replacing").size() == 3);
        assertThat(cluster.events("Replacing")).allMatch(message -> message.contains("with its disks"));
    }

    @Test
    void whatIsProtectedIsNotDeletedByAnybody() {
        // given
        cluster.ready()
                .stackWith("shop", "deletionProtection: true", StackReconcilerTest.SMALL.formatted(2))
                .awaitStackReady("shop");

        // then
        assertThatThrownBy(() -> cluster.deleteStack("shop"))
                .hasMessageContaining("Stack shop is protected, and so are its machines:"
                        + " set its spec.deletionProtection to false before you delete it");
        assertThatThrownBy(() -> cluster.deleteMachine("shop-web-1"))
                .hasMessageContaining("Machine shop-web-1 belongs to Stack shop, which is protected");

        // when
        cluster.stackWith("shop", "deletionProtection: true", StackReconcilerTest.SMALL.formatted(1));

        // then
        assertThat(cluster.awaitStackReason("shop", "DeletionProtected"))
                .isEqualTo("not declared any more: shop-web-1, kept because deletionProtection is true;"
                        + " set it to false to have that destroyed, or declare it again");
        assertThat(cluster.machines()).hasSize(2);

        // when
        cluster.stackWith("shop", "deletionProtection: false", StackReconcilerTest.SMALL.formatted(1));

        // then
        cluster.awaitMachineGone("shop-web-1");
        cluster.awaitStackReason("shop", "Running");

        // when
        cluster.annotate(cluster.stack("shop"), Steering.PAUSED, "true");
        cluster.awaitStackReason("shop", "Paused");
        cluster.deleteStack("shop");
        cluster.stackWith("shop", "deletionProtection: true", StackReconcilerTest.SMALL.formatted(1));
        cluster.annotate(cluster.stack("shop"), Steering.PAUSED, "false");

        // then
        assertThat(cluster.awaitStackReason("shop", "DeletionProtected")).contains("its machines are kept");
        assertThat(cluster.proxmox().guests()).hasSize(1);
        cluster.stackWith("shop", "deletionProtection: false", StackReconcilerTest.SMALL.formatted(1));
        cluster.awaitStackGone("shop");
    }

    private static Map<String, Machine> byName(List<Machine> machines) {
        return machines.stream()
                .collect(Collectors.toMap(machine -> machine.getMetadata().getName(), machine -> machine));
    }

    /** How many of the machines that were there at first are not ready, or not there. */
    private static final class Away implements ResourceEventHandler<Machine> {

        private final int machines;
        private final Set<String> names = new HashSet<>();
        private final Set<String> ready = new HashSet<>();
        private int most;

        Away(int machines) {
            this.machines = machines;
        }

        synchronized void forget() {
            most = 0;
        }

        @Override
        public synchronized void onAdd(Machine machine) {
            names.add(machine.getMetadata().getName());
            onUpdate(machine, machine);
        }

        @Override
        public synchronized void onUpdate(Machine before, Machine machine) {
            if (Readiness.isReady(machine)) {
                ready.add(machine.getMetadata().getName());
            } else {
                ready.remove(machine.getMetadata().getName());
            }
            if (names.size() == machines) {
                most = Math.max(most, machines - ready.size());
            }
        }

        @Override
        public synchronized void onDelete(Machine machine, boolean unknown) {
            ready.remove(machine.getMetadata().getName());
        }

        synchronized int most() {
            return most;
        }
    }
}
