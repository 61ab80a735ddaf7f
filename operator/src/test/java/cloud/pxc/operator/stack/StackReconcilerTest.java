package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.Leases;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.operator.TestZone;
import cloud.pxc.proxmox.GuestInterface;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.StorageSpec;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole stacks, from their first object until nothing is left of them. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class StackReconcilerTest {

    static final String WEB = "{name: web, replicas: %d, image: debian-12, cores: 2, memory: 1Gi,"
            + " disks: [{name: root, size: 4Gi}, {name: data, size: 2Gi}], networks: [{name: lan}]}";
    static final String CACHE =
            "{name: cache, type: container, image: debian-12-ct, disks: [{name: root, size: 3Gi}], networks: [{name: lan}]}";
    static final String SMALL = "{name: web, replicas: %d, image: debian-12, networks: [{name: lan}]}";

    @Inject
    Leases leases;

    @Inject
    Operator operator;

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
        // given
        cluster.ready();

        // when
        cluster.stack("shop", WEB.formatted(3), CACHE).awaitStackReady("shop");

        // then
        assertThat(cluster.stack("shop").getStatus().fqdn()).isEqualTo("shop." + cluster.domain());
        assertThat(cluster.stack("shop").getStatus().machines()).isEqualTo("4/4");
        assertThat(cluster.proxmox().guests())
                .hasSize(4)
                .allMatch(guest -> guest.status().equals("running"))
                .allMatch(guest -> guest.tags().contains("pxc") && guest.tags().contains("shop." + cluster.domain()));
        assertThat(nodes("web")).containsExactlyInAnyOrder("pve1", "pve2", "pve3");
        cluster.machines().forEach(this::assertAsDeclared);

        // when
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        assertThat(cluster.machines()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void machinesAreToldOfOnceTheyAreMade() throws Exception {
        // given
        cluster.ready();
        var told = new ConcurrentLinkedQueue<StackStatus>();

        // when
        try (var watch = cluster.watchStacks(
                stack -> Optional.ofNullable(stack.getStatus()).ifPresent(told::add))) {
            assertThat(watch).isNotNull();
            cluster.stack("shop", SMALL.formatted(1)).awaitStackReady("shop");
        }

        // then
        assertThat(told).first().satisfies(first -> assertThat(
                        first.sets().getFirst().replicas())
                .as("machines that %s tells of", first)
                .isEqualTo(1));
    }

    @Test
    void whatManyMachinesTellIsToldTogether() {
        // when
        var limiter = operator.getRegisteredController("stack")
                .orElseThrow()
                .getConfiguration()
                .getRateLimiter();

        // then
        assertThat(limiter).isInstanceOfSatisfying(LinearRateLimiter.class, limit -> {
            assertThat(limit.getLimitForPeriod()).isEqualTo(2);
            assertThat(limit.getRefreshPeriod()).isEqualTo(Duration.ofMillis(250));
        });
    }

    @Test
    void aStackGrowsAndShrinks() {
        // given
        cluster.ready().stack("shop", SMALL.formatted(3)).awaitStackReady("shop");
        var first = vmids();

        // when
        cluster.stack("shop", SMALL.formatted(10)).awaitStackReady("shop");

        // then
        assertThat(cluster.proxmox().guests())
                .hasSize(10)
                .extracting(GuestView::name)
                .doesNotHaveDuplicates();
        assertThat(new HashSet<>(cluster.machines().stream()
                        .flatMap(machine -> machine.getStatus().addresses().stream())
                        .toList()))
                .hasSize(10);
        assertThat(vmids()).containsAllEntriesOf(first);
        var perNode = cluster.machines().stream()
                .collect(Collectors.groupingBy(machine -> machine.getStatus().node(), Collectors.counting()));
        assertThat(perNode.values()).allMatch(count -> count == 3 || count == 4);

        // when
        cluster.annotate(cluster.machine("shop-web-0"), Marks.REMOVE_FIRST, "true");
        cluster.stack("shop", SMALL.formatted(2));

        // then
        TestCluster.eventually(() -> cluster.machines().size() == 2);
        cluster.awaitStackReady("shop");
        assertThat(cluster.proxmox().guests())
                .extracting(GuestView::vmid)
                .containsExactlyInAnyOrderElementsOf(List.of(first.get("shop-web-1"), first.get("shop-web-2")));
        assertThat(leases.of("vmid/" + cluster.target())).hasSize(2);
        assertThat(leases.of("address/" + cluster.subnet())).hasSize(2);
        assertThat(cluster.volumesOfGuests()).hasSize(4);
    }

    @Test
    void anotherStorageOfImagesLosesNoIso() {
        // given
        cluster.close();
        cluster = new TestCluster(
                world,
                proxmox -> proxmox.storages(
                        StorageSpec.local(200L << 30),
                        StorageSpec.localLvm(500L << 30),
                        new StorageSpec(
                                "media",
                                StorageSpec.Kind.DIR,
                                Set.of("iso", "import", "vztmpl"),
                                true,
                                200L << 30,
                                Set.of())));
        cluster.ready().stack("shop", SMALL.formatted(1)).awaitStackReady("shop");

        // when
        cluster.with("storage", "{machines: local-lvm, images: media}").ready();
        cluster.stack("shop", SMALL.formatted(2)).awaitStackReady("shop");

        // then
        assertThat(cluster.status("shop-web-0").seed()).startsWith("local:iso/");
        assertThat(cluster.status("shop-web-1").seed()).startsWith("media:iso/");
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        assertNothingIsLeft();
    }

    @Test
    void whatIsRetainedLivesOnWithItsLeases() {
        // given
        cluster.ready()
                .stackWith("shop", "deletionPolicy: Retain", SMALL.formatted(1))
                .awaitStackReady("shop");

        // when
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        assertThat(cluster.proxmox().guests()).hasSize(1).allMatch(guest -> guest.status()
                .equals("running"));
        assertThat(leases.of("vmid/" + cluster.target())).hasSize(1);
        assertThat(leases.of("address/" + cluster.subnet())).hasSize(1);
        cluster.stack("shop", SMALL.formatted(1)).awaitStackReady("shop");
        assertThat(cluster.proxmox().guests()).hasSize(2);
    }

    @Test
    void whatIsPausedIsLeftAloneAndGoesOnAtOnceThen() {
        // given
        cluster.ready().stack("shop", SMALL.formatted(1)).awaitStackReady("shop");
        cluster.annotate(cluster.machine("shop-web-0"), Steering.PAUSED, "true");
        cluster.awaitMachineReason("shop-web-0", "Paused");
        cluster.annotate(cluster.stack("shop"), Steering.PAUSED, "true");
        cluster.awaitStackReason("shop", "Paused");

        // when
        cluster.annotate(cluster.machine("shop-web-0"), Marks.REMOVE_FIRST, "true");
        cluster.stack("shop", SMALL.formatted(2));
        cluster.awaitTask(cluster.asRoot().guests().stop(cluster.id("shop-web-0")));
        cluster.deleteMachine("shop-web-0");

        // then
        TestCluster.eventually(() -> cluster.stack("shop").getStatus().observedGeneration() == 2);
        TestCluster.eventually(
                () -> cluster.machine("shop-web-0").getStatus().phase().name().equals("Deleting"));
        assertThat(cluster.machines()).hasSize(1);
        assertThat(cluster.guest("shop-web-0").orElseThrow().status()).isEqualTo("stopped");
        cluster.annotate(cluster.machine("shop-web-0"), Steering.PAUSED, "false");
        cluster.annotate(cluster.stack("shop"), Steering.PAUSED, "false");
        cluster.awaitStackReady("shop");
        assertThat(cluster.proxmox().guests()).hasSize(2).allMatch(guest -> guest.status()
                .equals("running"));
    }

    @Test
    void whatCantBeReachedIsLetGoOnlyByForce() {
        // given
        cluster.ready().stack("shop", SMALL.formatted(1)).awaitStackReady("shop");
        for (var node : List.of("pve1", "pve2", "pve3")) {
            cluster.proxmox().faults().nodeDown(node);
        }

        // when
        cluster.deleteStack("shop");

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "Unreachable"))
                .contains("pxc.cloud/force-delete=true to let go of the guest as it is");
        cluster.annotate(cluster.machine("shop-web-0"), Steering.FORCE_DELETE, "true");
        cluster.awaitStackGone("shop");
        assertThat(cluster.proxmox().guests()).hasSize(1);
        assertThat(leases.of("vmid/" + cluster.target())).hasSize(1);
        TestCluster.eventually(() -> cluster.events("LeftBehind").stream()
                .anyMatch(message -> message.contains("the guest with VMID 10000")));
    }

    @Test
    void aNameIsTheFirstStacksOfItsCloudUntilThatLetsGo() {
        // given
        cluster.ready().stack("shop", SMALL.formatted(0)).awaitStackReady("shop");
        var elsewhere = cluster.name() + "-b";
        cluster.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + elsewhere + "}");

        // when
        cluster.apply("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {name: shop, namespace: %s}
                spec:
                  clusterRef: {name: %s}
                  machineSets: [%s]
                """.formatted(elsewhere, cluster.name(), SMALL.formatted(0)));

        // then
        assertThat(reason(elsewhere, "NameTaken"))
                .contains("shop." + cluster.domain() + " is held by", cluster.name(), "choose another");
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");
        reason(elsewhere, "Running");
        world.controlPlane()
                .admin()
                .resources(cloud.pxc.crds.stack.Stack.class)
                .inNamespace(elsewhere)
                .withName("shop")
                .delete();
    }

    @Test
    void aNameIsGivenOnlyToANamespaceThatItsZoneLetsHaveIt() {
        // given
        var zone = new TestZone(world, Fqdn.of(cluster.domain()))
                .ready("claims: [{namespaces: [somebody-else], names: [\"*\"]}]");
        cluster.ready().stack("shop", SMALL.formatted(1));
        assertThat(cluster.awaitStackReason("shop", "NameDenied")).contains("shop." + cluster.domain());

        // when
        zone.ready("claims: [{namespaces: [" + cluster.name() + "], names: [\"shop\", \"*.shop\"]}]");
        cluster.awaitStackReady("shop");

        // then
        var label = cluster.machine("shop-web-0").getSpec().hostname().replace("." + cluster.domain(), "");
        zone.awaitValues(
                label, RecordType.A, cluster.status("shop-web-0").addresses().getFirst());
        TestCluster.eventually(() -> cluster.status("shop-web-0").conditions().stream()
                .anyMatch(condition -> condition.getType().equals("NamesPublished")
                        && condition.getStatus().equals("True")));

        // when
        cluster.deleteStack("shop");
        cluster.awaitStackGone("shop");

        // then
        zone.awaitValues(label, RecordType.A);
        assertNothingIsLeft();
        zone.delete();
    }

    @Test
    void whatIsDeletedWhileItsClusterIsMissingGoesOnceThatIsThereAgain() {
        // given
        cluster.ready().stack("shop", SMALL.formatted(1)).awaitStackReady("shop");
        cluster.delete();
        cluster.awaitReason("InUse");
        cluster.removeFinalizers();

        // when
        cluster.deleteStack("shop");

        // then
        assertThat(cluster.awaitMachineReason("shop-web-0", "ClusterNotReady"))
                .contains("there is no ProxmoxCluster " + cluster.name() + "; create it", "pxc.cloud/force-delete");
        cluster.apply();
        cluster.awaitStackGone("shop");
        assertNothingIsLeft();
    }

    @Test
    void aMachineWhoseNameAnotherStackHasTakenIsToldOfUntilItIsFree() {
        // given
        var none = "replicas: 0, image: debian-12}";
        cluster.ready()
                .stack("shop", "{name: web-x, replicas: 1, image: debian-12}")
                .awaitStackReady("shop");

        // when
        cluster.stack("shop-web", "{name: x, replicas: 1, image: debian-12}");

        // then
        assertThat(cluster.awaitStackReason("shop-web", "MachineNameTaken"))
                .isEqualTo("Machine shop-web-x-0 belongs to Stack shop already: call set x another name");
        cluster.stack("shop", "{name: web-x, " + none);
        cluster.awaitStackReady("shop-web");
    }

    @Test
    void aStackWhoseClusterIsMissingComesUpOnceThatIsThere() {
        // when
        cluster.stack("shop", SMALL.formatted(1));

        // then
        assertThat(cluster.awaitStackReason("shop", "ClusterMissing"))
                .isEqualTo("there is no ProxmoxCluster " + cluster.name() + "; create it");
        cluster.ready();
        cluster.awaitStackReady("shop");
    }

    @Test
    void anIdleOperatorAsksProxmoxOnlyByThePollAndWritesNothing() {
        // given
        cluster.ready().stack("shop", WEB.formatted(3), CACHE).awaitStackReady("shop");
        // Power states come late: until they have, there are changes to look at.
        TestCluster.eventually(() -> cluster.proxmox().requests().count("GET", "/cluster/resources") > 0);
        awaitQuiet();
        var versions = versions();
        cluster.proxmox().requests().clear();

        // when
        TestCluster.eventually(() -> cluster.proxmox().requests().count("GET", "/cluster/resources") >= 6);

        // then
        assertThat(cluster.proxmox().requests().counts()).containsOnlyKeys("GET /cluster/resources");
        assertThat(versions()).isEqualTo(versions);
    }

    private void awaitQuiet() {
        var seen = new long[] {-1, 0};
        TestCluster.eventually(() -> {
            var counts = cluster.proxmox().requests().counts();
            var polls = counts.getOrDefault("GET /cluster/resources", 0L);
            var others = counts.values().stream().mapToLong(count -> count).sum() - polls;
            if (others != seen[0]) {
                seen[0] = others;
                seen[1] = polls;
            }
            return polls - seen[1] >= 4;
        });
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("cluster", cluster.object().getMetadata().getResourceVersion());
        versions.put("stack", cluster.stack("shop").getMetadata().getResourceVersion());
        cluster.machines()
                .forEach(machine -> versions.put(
                        machine.getMetadata().getName(), machine.getMetadata().getResourceVersion()));
        return versions;
    }

    private String reason(String namespace, String reason) {
        var message = new String[1];
        TestCluster.eventually(() -> {
            var stack = world.controlPlane()
                    .admin()
                    .resources(cloud.pxc.crds.stack.Stack.class)
                    .inNamespace(namespace)
                    .withName("shop")
                    .get();
            return stack.getStatus() != null
                    && stack.getStatus().conditions().stream()
                            .filter(condition -> condition.getType().equals("Ready")
                                    && condition.getReason().equals(reason))
                            .peek(condition -> message[0] = condition.getMessage())
                            .findFirst()
                            .isPresent();
        });
        return message[0];
    }

    private void assertAsDeclared(Machine machine) {
        var status = machine.getStatus();
        var guest = cluster.guest(machine.getMetadata().getName()).orElseThrow();
        assertThat(guest.name()).isEqualTo(machine.getSpec().hostname()).isEqualTo(status.hostname());
        assertThat(guest.node()).isEqualTo(status.node());
        assertThat(guest.tags()).contains("pxc-" + machine.getMetadata().getUid());
        assertThat(guest.config().get("net0")).contains(status.macs().getFirst(), "bridge=vmbr0");
        assertThat(guest.config())
                .containsEntry("cores", machine.getSpec().cores().toString());
        var container = guest.type().equals("lxc");
        assertThat(guest.config().get(container ? "rootfs" : "scsi0")).contains(container ? "size=3G" : "size=4G");
        // What cloud-init finds on the ISO, or the container in its settings, is what was leased.
        await().atMost(TestCluster.SOON).untilAsserted(() -> assertThat(cluster.asRoot()
                        .guests()
                        .interfaces(cluster.id(machine.getMetadata().getName()))
                        .orElse(List.of()))
                .flatExtracting(GuestInterface::addresses)
                .anyMatch(address -> address.startsWith(status.addresses().getFirst() + "/")));
        if (!container) {
            assertThat(guest.config().get("scsi1")).contains("size=2G");
            assertThat(guest.config().get("ide2")).startsWith(status.seed());
        }
    }

    private List<String> nodes(String set) {
        return cluster.machines().stream()
                .filter(machine -> machine.getSpec().set().equals(set))
                .map(machine -> machine.getStatus().node())
                .toList();
    }

    private Map<String, Integer> vmids() {
        return cluster.machines().stream()
                .collect(Collectors.toMap(machine -> machine.getMetadata().getName(), machine -> machine.getStatus()
                        .vmid()));
    }

    private void assertNothingIsLeft() {
        assertThat(cluster.proxmox().guests()).isEmpty();
        assertThat(cluster.volumesOfGuests()).isEmpty();
        try (var connection = world.database().dataSource().getConnection();
                var query = connection.prepareStatement("""
                        SELECT (SELECT count(*) FROM lease WHERE namespace = ?)
                             + (SELECT count(*) FROM host_claim WHERE namespace = ?)""")) {
            query.setString(1, cluster.name());
            query.setString(2, cluster.name());
            try (var rows = query.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).as("rows of the ledger").isZero();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger could not be read", e);
        }
    }
}
