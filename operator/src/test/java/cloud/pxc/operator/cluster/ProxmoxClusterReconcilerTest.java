package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.VolumeView;
import io.fabric8.kubernetes.api.model.Condition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clusters that are right, wrong and mended, with a simulated Proxmox VE of each test's own. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class ProxmoxClusterReconcilerTest {

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
    void aClusterIsConnectedCheckedAndSuppliedWithItsImages() {
        // when
        cluster.ready();

        // then
        var status = cluster.object().getStatus();
        assertThat(status.target()).isEqualTo(cluster.target());
        assertThat(status.version()).isEqualTo("9.2.11");
        assertThat(status.nodesOnline()).isEqualTo("3/3");
        assertThat(status.nodes()).extracting(node -> node.name()).containsExactly("pve1", "pve2", "pve3");
        assertThat(status.images())
                .allMatch(image -> image.ready() && image.nodes().size() == 3);
        assertThat(images()).hasSize(6);
    }

    @Test
    void whatWasFetchedGoesWithTheClusterAndWhatWasThereBeforeStays() {
        // given
        cluster.awaitTask(cluster.asRoot()
                .storages()
                .downloadTemplate("pve2", "local", "debian-12-standard_12.12-1_amd64.tar.zst"));
        cluster.ready();
        assertThat(images()).hasSize(6);

        // when
        cluster.delete();
        cluster.awaitGone();

        // then
        assertThat(images()).containsExactly("pve2 local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst");
    }

    @Test
    void aClusterThatIsDeletedWhileItsImagesAreFetchedLeavesNone() {
        // given
        cluster.proxmox().faults().inject(Fault.on("GET", "/version").isSlow(Duration.ofSeconds(1)));
        cluster.apply();
        TestCluster.eventually(() -> cluster.object().getStatus() != null
                && cluster.object().getStatus().images().stream()
                        .anyMatch(image -> !image.tasks().isEmpty()));

        // when
        cluster.delete();
        cluster.awaitGone();

        // then
        assertThat(images()).isEmpty();
    }

    @Test
    void aClusterThatStacksLiveOnStaysUntilTheLastIsGone() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");

        // when
        cluster.delete();

        // then
        assertThat(cluster.awaitReason("InUse")).contains(cluster.name() + "/shop", "delete them first");
        cluster.deleteStack("shop");
        cluster.awaitGone();
        assertThat(cluster.proxmox().volumes()).isEmpty();
    }

    @Test
    void aTokenThatIsRefusedIsToldAndAChangedSecretIsUsedAtOnce() {
        // given
        cluster.ready();
        cluster.proxmox().revokeToken(TestCluster.TOKEN);
        cluster.with("vmids", "{from: 10000, to: 10050}").apply();
        assertThat(cluster.awaitReason("TokenRefused"))
                .contains(
                        "does not accept token " + TestCluster.TOKEN,
                        "put a valid token into Secret pxc-system/" + cluster.name() + "-token");

        // when
        cluster.token(cluster.proxmox().createToken(TestCluster.TOKEN, SimulatedProxmox.allPrivileges()));

        // then
        cluster.awaitReady();
    }

    @Test
    void aSecretThatIsMissingIsNamedAndMissedNoLongerOnceItIsThere() {
        // given
        cluster.with("credentialsRef", "{namespace: pxc-system, name: " + cluster.name() + "-late}")
                .apply();
        assertThat(cluster.awaitReason("SecretInvalid"))
                .isEqualTo(
                        "Secret pxc-system/" + cluster.name() + "-late does not exist; create it with the key tokenId");

        // when
        cluster.with("credentialsRef", "{namespace: pxc-system, name: " + cluster.name() + "-token}");

        // then
        cluster.ready();
    }

    @Test
    void aCertificateOfAnotherCaIsNotTrusted() {
        // when
        cluster.with("tls", "{}").apply();

        // then
        assertThat(cluster.awaitReason("Untrusted")).contains("spec.tls.caRef", "spec.tls.fingerprints");
        cluster.with("tls", "{fingerprints: " + quoted(cluster.proxmox().fingerprints()) + "}")
                .ready();
    }

    @Test
    void missingPrivilegesAreNamedWithTheCommandAndGrantedOnesUsed() {
        // given
        var some = Arrays.stream(SimulatedProxmox.allPrivileges())
                .filter(privilege -> !privilege.equals("VM.PowerMgmt") && !privilege.equals("Datastore.Allocate"))
                .toArray(String[]::new);
        cluster.token(cluster.proxmox().createToken(TestCluster.TOKEN, some));

        // when
        cluster.apply();

        // then
        assertThat(cluster.awaitReason("PrivilegesMissing"))
                .contains(
                        "Token " + TestCluster.TOKEN + " lacks Datastore.Allocate on /storage/local;",
                        "lacks VM.PowerMgmt on /vms; grant it with: pveum role add PxcGuests; pveum role modify"
                                + " PxcGuests --privs 'VM.Allocate ",
                        " VM.PowerMgmt VM.Snapshot VM.Snapshot.Rollback' && pveum acl modify /vms --users 'pxc@pve' --tokens 'pxc@pve!operator'"
                                + " --roles PxcGuests");
        for (var subject : List.of(TestCluster.TOKEN, "pxc@pve")) {
            cluster.proxmox().grant(subject, "/", SimulatedProxmox.allPrivileges());
        }
        cluster.awaitReady();
    }

    @Test
    void anUnknownStorageIsNamedWithThoseThereAre() {
        // when
        cluster.with("storage", "{machines: ceph, images: local}").apply();

        // then
        assertThat(cluster.awaitReason("StorageUnsuitable"))
                .contains("storage ceph does not exist on any node (there are: local, local-lvm)");
        cluster.with("storage", "{machines: local-lvm, images: local}").ready();
    }

    @Test
    void anImageThatIsNotTheOneOfItsChecksumIsToldAndACorrectedOneFetched() {
        // given
        cluster.with("images", "[" + TestCluster.image("sha256:" + "0".repeat(64)) + "]");

        // when
        cluster.apply().stack("shop", WEB);

        // then
        assertThat(cluster.awaitReason("ImageFailed"))
                .contains("image debian-12: ", "checksum", "check the image's url and checksum in spec.images");
        assertThat(cluster.awaitMachineReason("shop-web-0", "ImageMissing")).contains("checksum");
        assertThat(images()).isEmpty();
        cluster.with("images", "[" + TestCluster.image(TestCluster.imageChecksum()) + "]")
                .ready();
        cluster.awaitStackReady("shop");
    }

    @Test
    void whatAnImageWasGoesWhenItsSourceChangesOrItIsNotDeclaredAnyMore() {
        // given
        cluster.ready();
        var before = cluster.object().getStatus().images().getFirst().volume();
        var newer = TestCluster.image(TestCluster.imageChecksum()).replace(".qcow2", ".qcow2?version=2");

        // when
        cluster.with("images", "[" + newer + "]").ready();

        // then
        TestCluster.eventually(() -> cluster.object().getStatus().images().size() == 1);
        var after = cluster.object().getStatus().images().getFirst().volume();
        assertThat(after).isNotEqualTo(before);
        assertThat(images()).containsExactly("pve1 " + after, "pve2 " + after, "pve3 " + after);
    }

    @Test
    void aTemplateThatIsNotInTheIndexIsToldWithHowToFindOne() {
        // when
        cluster.with("images", "[{name: gone, type: container, template: debian-9-standard}]")
                .apply();

        // then
        assertThat(cluster.awaitReason("ImageFailed"))
                .contains("no container template debian-9-standard", "pveam update && pveam available");
    }

    @Test
    void aNodeThatGoesAndOneThatComesBackAreTold() {
        // given
        cluster.ready();

        // when
        cluster.proxmox().faults().nodeDown("pve1");

        // then
        TestCluster.eventually(() -> cluster.object().getStatus().nodesOnline().equals("2/3"));
        cluster.proxmox().faults().nodeUp("pve1");
        TestCluster.eventually(() -> cluster.object().getStatus().nodesOnline().equals("3/3"));
        cluster.awaitReady();
    }

    @Test
    void withoutQuorumNothingIsReadyAndWithItEverythingIsAgain() {
        // given
        cluster.ready().stack("shop", WEB).awaitStackReady("shop");

        // when
        cluster.proxmox().faults().nodeDown("pve2");
        cluster.proxmox().faults().nodeDown("pve3");

        // then
        assertThat(cluster.awaitReason("NoQuorum")).contains("only 1 of 3 nodes are online", "pvecm status");
        cluster.proxmox().faults().nodeUp("pve2");
        cluster.proxmox().faults().nodeUp("pve3");
        cluster.awaitReady();
        cluster.awaitStackReady("shop");
    }

    @Test
    void aClusterThatIsPausedIsLeftAloneAndGoesOnAtOnceThen() {
        // given
        cluster.ready();
        cluster.annotate(cluster.object(), Steering.PAUSED, "true");
        assertThat(cluster.awaitReason("Paused")).contains("remove it to go on");

        // when
        cluster.annotate(cluster.object(), Steering.PAUSED, "false");

        // then
        cluster.awaitReady();
    }

    @Test
    void aNodeIsDrainedOfWhatCanLeaveItAndTheRestIsToldWhyItStays() {
        // given
        cluster.ready()
                .stack(
                        "shop",
                        WEB.replace("image:", "replicas: 6, image:"),
                        "{name: ct, type: container, replicas: 3, image: debian-12-ct, networks: [{name: lan}]}",
                        "{name: pinned, image: debian-12, networks: [{name: lan}], placement: {nodes: [pve1]}}");
        cluster.awaitStackReady("shop");
        cluster.foreignVm("pve1", 500);
        cluster.annotate(cluster.object(), Steering.CORDON, "pve3,pve7");

        // when
        cluster.annotate(cluster.object(), Steering.DRAIN, "pve1");

        // then
        assertThat(awaitCondition("Drained", "DrainBlocked", "Drained pve1: 3 of 4 machines moved"))
                .contains(
                        cluster.name() + "/shop-pinned-0 stays: pve2: placement.nodes does not name it",
                        "pve3: placement.nodes does not name it",
                        "guests there that are not the cloud's are left alone: 500");
        assertThat(awaitCondition("Cordoned", "UnknownNode", "pve7")).contains("Nothing new is placed on pve1, pve3");
        assertThat(cluster.object().getStatus().nodes())
                .extracting(node -> node.cordoned())
                .containsExactly(true, null, true);
        assertThat(cluster.proxmox().guests())
                .filteredOn(guest -> guest.node().equals("pve1"))
                .extracting(GuestView::vmid)
                .contains(500)
                .hasSize(2);
        assertThat(cluster.awaitMachineReason("shop-pinned-0", "MoveRefused")).contains("node pve1 is being drained");

        // when
        cluster.annotate(cluster.object(), Steering.DRAIN, "");

        // then
        cluster.awaitMachineReason("shop-pinned-0", "Running");
        TestCluster.eventually(
                () -> Conditions.find(cluster.object().getStatus().conditions(), "Drained")
                        .isEmpty());
        cluster.awaitStackReady("shop");
    }

    private String awaitCondition(String type, String reason, String text) {
        return Awaitility.await()
                .atMost(TestCluster.SOON)
                .until(
                        () -> Conditions.find(cluster.object().getStatus().conditions(), type)
                                .filter(condition -> condition.getReason().equals(reason))
                                .map(Condition::getMessage)
                                .filter(message -> message.contains(text)),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<String> images() {
        return cluster.proxmox().volumes().stream()
                .filter(volume ->
                        volume.content().equals("import") || volume.content().equals("vztmpl"))
                .map((VolumeView volume) -> volume.node() + " " + volume.volid())
                .toList();
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").toList().toString();
    }
}
