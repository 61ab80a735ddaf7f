package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.VmidRange;
import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Version;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is concluded of facts that need no cluster to be had. */
class CheckupTest {

    private static final Set<String> FILES = Set.of("iso", "vztmpl", "import");
    private static final Set<String> DISKS = Set.of("images", "rootdir");

    @ParameterizedTest
    @CsvSource({
        "7.4-17, 7.4, PROBLEM",
        "8.2.4, 8.2, PROBLEM",
        "8.3.5, 8.3, PROBLEM",
        "8.4.1, 8.4, NOTE",
        "9.0.3, 9.0, NOTE",
        "9.2.11, 9.2, WELL",
        "9.10.1, 9.10, NOTE",
        "10.0.0, 10.0, NOTE"
    })
    void versionsAreJudgedByWhatTheyTakeAndWhatIsKnownOfThem(String version, String release, Finding.Level level) {
        assertThat(KnownVersions.judge(new Version(version, release))).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.sentence()).startsWith("Proxmox VE " + version + " ");
        });
    }

    @Test
    void aReleaseInAFormNobodyKnowsIsANote() {
        assertThat(KnownVersions.judge(new Version("9-beta", "9-beta")).level()).isEqualTo(Finding.Level.NOTE);
    }

    @Test
    void aRangeThatIsFullIsAProblem() {
        // given
        var guests = IntStream.rangeClosed(10000, 10003).mapToObj(this::guest).toList();
        var cluster = cluster(guests, List.of(available("pve1"), images("pve1", true)), node("pve1", 8));
        // when // then
        assertThat(about("vmids", cluster, 10000, 10003)).singleElement().satisfies(finding -> {
            assertThat(finding.isProblem()).isTrue();
            assertThat(finding.sentence()).startsWith("0 of 4 VMIDs from 10000 to 10003 are free");
        });
        assertThat(about("vmids", cluster, 10000, 10004))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isProblem()).isFalse());
    }

    @Test
    void aStorageThatIsDownOnANodeThatIsUpIsAProblem() {
        // given
        var cluster = cluster(
                List.of(),
                List.of(available("pve1"), available("pve2"), images("pve1", true), images("pve2", false)),
                node("pve1", 8),
                node("pve2", 8));
        // when // then
        assertThat(about("storage", cluster, 10000, 19999))
                .filteredOn(Finding::isProblem)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence()).startsWith("Storage local is not available on node pve2");
                    assertThat(finding.remedy()).containsExactly("pvesm status --storage local");
                });
    }

    @Test
    void theExerciseIsOnTheNodeWithMostRoomOfThoseThatHaveEverything() {
        // given
        var cluster = cluster(
                List.of(),
                List.of(
                        available("pve1"),
                        images("pve1", true),
                        available("pve2"),
                        images("pve2", true),
                        available("pve3")),
                node("pve1", 4),
                node("pve2", 16),
                node("pve3", 64));
        // when // then
        assertThat(ExercisePlan.node(Clinic.NEEDS, cluster, Optional.empty())).contains("pve2");
        assertThat(ExercisePlan.node(Clinic.NEEDS, cluster, Optional.of("pve1")))
                .contains("pve1");
        assertThat(ExercisePlan.node(Clinic.NEEDS, cluster, Optional.of("pve3")))
                .isEmpty();
    }

    @Test
    void vmidsAreTakenFromTheEndOfTheRange() {
        // given
        var cluster = cluster(List.of(guest(10004)), List.of(), node("pve1", 8));
        // when // then
        assertThat(ExercisePlan.vmids(inquiry(10001, 10005), cluster))
                .containsExactly(new Vmid(10005), new Vmid(10003), new Vmid(10002), new Vmid(10001));
    }

    private static List<Finding> about(String about, ClusterSight cluster, int from, int to) {
        return Checkup.of(inquiry(from, to), new Facts(List.of(), Optional.of(cluster))).stream()
                .filter(finding -> finding.about().equals(about))
                .toList();
    }

    private static Inquiry inquiry(int from, int to) {
        return new Inquiry(Clinic.TOKEN, Clinic.NEEDS, new VmidRange(from, to));
    }

    private static ClusterSight cluster(
            List<GuestResource> guests, List<StorageResource> storages, NodeResource... nodes) {
        var bridges = List.of(nodes).stream()
                .collect(java.util.stream.Collectors.toMap(NodeResource::name, node -> Set.of("vmbr0")));
        return new ClusterSight(
                new Version("9.2.11", "9.2"),
                Optional.empty(),
                true,
                Map.of(),
                new Inventory(List.of(nodes), guests, storages),
                bridges);
    }

    private static NodeResource node(String name, int gibibytes) {
        return new NodeResource(name, true, 8, (long) gibibytes << 30, 0);
    }

    private static StorageResource available(String node) {
        return new StorageResource("local-lvm", node, "lvmthin", false, true, DISKS, 100L << 30, 0);
    }

    private static StorageResource images(String node, boolean available) {
        return new StorageResource("local", node, "dir", false, available, FILES, 100L << 30, 0);
    }

    private GuestResource guest(int vmid) {
        return new GuestResource(
                new GuestId(GuestType.QEMU, "pve1", new Vmid(vmid)),
                "guest-" + vmid,
                RunState.RUNNING,
                Set.of(),
                false,
                Optional.empty(),
                1,
                1L << 30);
    }
}
