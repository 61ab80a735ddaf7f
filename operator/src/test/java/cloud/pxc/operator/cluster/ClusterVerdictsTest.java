package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.ClusterState;
import cloud.pxc.proxmox.ClusterState.NodeState;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.proxmox.Version;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterVerdictsTest {

    private static final StorageResource LOCAL = storage("local", "iso", "vztmpl", "import");
    private static final StorageResource LVM = storage("local-lvm", "images", "rootdir");

    private final ProxmoxCluster cluster = Serialization.unmarshal("""
            apiVersion: pxc.cloud/v1alpha1
            kind: ProxmoxCluster
            metadata: {name: alpha}
            spec:
              domain: cloud.example.org
              endpoints: ["https://192.0.2.11:8006"]
              credentialsRef: {namespace: pxc-system, name: alpha-token}
              vmids: {from: 10000, to: 19999}
              storage: {machines: local-lvm, images: local}
              images:
                - {name: debian-12, type: vm, url: "https://example.org/debian-12.qcow2"}
                - {name: debian-12-ct, type: container, template: debian-12-standard}
            """, ProxmoxCluster.class);

    @Test
    void aClusterWhereEverythingIsThereIsHealthy() {
        var verdict = of(facts(LOCAL, LVM), image("debian-12", true, Map.of(), null));

        assertThat(verdict)
                .isEqualTo(new Verdict.Ready(
                        ClusterReason.Healthy,
                        "Proxmox VE 9.2.11 answers, 2 of 3 nodes are online, all images are there"));
    }

    @Test
    void missingPrivilegesAreNamedWithTheCommandThatGrantsThem() {
        var facts = new ClusterFacts(
                new Version("9.2.11", "9.2"),
                state(true),
                view(LOCAL, LVM),
                Map.of("/vms", List.of("VM.Allocate", "VM.PowerMgmt")),
                Map.of(),
                Map.of(),
                List.of());

        var verdict = of(facts);

        assertThat(verdict.reason()).isEqualTo(ClusterReason.PrivilegesMissing);
        assertThat(verdict.message())
                .isEqualTo(
                        "Token pxc@pve!operator lacks VM.Allocate, VM.PowerMgmt on /vms; grant it with: pveum role add"
                                + " PxcGuests; pveum role modify PxcGuests --privs 'VM.Allocate VM.Audit VM.Config.CDROM"
                                + " VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType VM.Config.Memory"
                                + " VM.Config.Network VM.Config.Options VM.GuestAgent.Audit VM.Migrate VM.PowerMgmt VM.Snapshot VM.Snapshot.Rollback' && pveum acl modify /vms --users 'pxc@pve'"
                                + " --tokens 'pxc@pve!operator' --roles PxcGuests");
    }

    @Test
    void whatThePrivilegeOfTheGuestAgentIsCalledHangsOnTheVersion() {
        var needs = ClusterNeeds.of(cluster.getSpec());

        assertThat(RequiredPrivileges.of(needs, new Version("8.4.1", "8.4")).get("/vms"))
                .contains("VM.Monitor")
                .doesNotContain("VM.GuestAgent.Audit");
        assertThat(RequiredPrivileges.of(needs, new Version("10.0.1", "10.0")).get("/vms"))
                .contains("VM.GuestAgent.Audit")
                .doesNotContain("VM.Monitor");
    }

    @Test
    void withoutQuorumThatIsSaidBeforeAllElse() {
        var facts = new ClusterFacts(
                new Version("9.2.11", "9.2"), state(false), view(), Map.of(), Map.of(), Map.of(), List.of());

        var verdict = of(facts);

        assertThat(verdict.reason()).isEqualTo(ClusterReason.NoQuorum);
        assertThat(verdict.message()).contains("only 2 of 3 nodes are online", "pvecm status");
    }

    @Test
    void aStorageThatIsNotThereIsNamedWithThoseThatAre() {
        var verdict = of(facts(LOCAL, storage("ceph", "images")));

        assertThat(verdict.reason()).isEqualTo(ClusterReason.StorageUnsuitable);
        assertThat(verdict.message())
                .isEqualTo("storage local-lvm does not exist on any node (there are: ceph, local);"
                        + " correct spec.storage, or add it in Proxmox");
    }

    @Test
    void aStorageThatDoesNotTakeWhatIsNeededIsNamedWithTheCommandThatAllowsIt() {
        var verdict = of(facts(storage("local", "iso", "backup"), LVM));

        assertThat(verdict.message())
                .isEqualTo("storage local does not take import, vztmpl; allow it with: pvesm set local --content"
                        + " backup,import,iso,vztmpl");
    }

    @Test
    void anImageThatFailsComesBeforeOnesThatAreOnTheirWay() {
        var verdict = of(
                facts(LOCAL, LVM),
                image("debian-12", false, Map.of("pve1", "UPID"), null),
                image("debian-12-ct", false, Map.of(), "no space left"));

        assertThat(verdict.reason()).isEqualTo(ClusterReason.ImageFailed);
        assertThat(verdict.message()).contains("image debian-12-ct: no space left", "spec.images");
    }

    @Test
    void imagesOnTheirWayAreTold() {
        var verdict = of(
                facts(LOCAL, LVM),
                image("debian-12", false, Map.of("pve1", "UPID"), null),
                image("debian-12-ct", false, Map.of(), null));

        assertThat(verdict)
                .isEqualTo(new Verdict.Progressing(
                        ClusterReason.FetchingImages, "Proxmox fetches debian-12 to pve1; debian-12-ct"));
    }

    @Test
    void anOutageNamesWhatToCheck() {
        var verdict = ClusterVerdicts.of(cluster, unavailable());

        assertThat(verdict.reason()).isEqualTo(ClusterReason.Unreachable);
        assertThat(verdict.message())
                .startsWith("ProxmoxCluster alpha: ")
                .contains("https://127.0.0.1:1", "check spec.endpoints");
    }

    private Verdict of(ClusterFacts facts, ImageStatus... images) {
        return ClusterVerdicts.of(cluster, facts, List.of(images), "pxc@pve!operator");
    }

    private static ClusterFacts facts(StorageResource... storages) {
        return new ClusterFacts(
                new Version("9.2.11", "9.2"), state(true), view(storages), Map.of(), Map.of(), Map.of(), List.of());
    }

    private static ClusterState state(boolean quorate) {
        return new ClusterState(
                "lab",
                quorate,
                List.of(new NodeState("pve1", true), new NodeState("pve2", true), new NodeState("pve3", false)));
    }

    private static ClusterView view(StorageResource... storages) {
        return new ClusterView(new Inventory(
                List.of(node("pve1", true), node("pve2", true), node("pve3", false)), List.of(), List.of(storages)));
    }

    private static NodeResource node(String name, boolean online) {
        return new NodeResource(name, online, 8, 1L << 35, 0);
    }

    private static StorageResource storage(String name, String... content) {
        return new StorageResource(name, "pve1", "dir", false, true, Set.of(content), 1L << 40, 0);
    }

    private static ImageStatus image(String name, boolean ready, Map<String, String> tasks, String message) {
        return new ImageStatus(name, ready, null, List.of(), List.of(), tasks, message);
    }

    private static ProxmoxException unavailable() {
        var nobody = new Connection(
                List.of(URI.create("https://127.0.0.1:1")), new ApiToken("pxc@pve!operator", "s"), new Trust.System());
        try (var client = ProxmoxClient.of(nobody)) {
            client.version();
            throw new IllegalStateException("somebody listens on port 1");
        } catch (ProxmoxException e) {
            return e;
        }
    }
}
