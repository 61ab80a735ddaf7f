package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.cluster.ClusterNeeds.Plug;
import cloud.pxc.operator.cluster.RequiredPrivileges;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.proxmox.Version;
import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.NodeSpec;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.StorageSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the doctor says of clusters, each with something else missing. */
class VisitTest {

    private static final long GIBIBYTE = 1L << 30;

    private static Clinic shared;

    @BeforeAll
    static void start() {
        shared = Clinic.open();
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    void aHealthyClusterIsWellAndNothingWasChanged() {
        try (var clinic = Clinic.open()) {
            // when
            var told = clinic.visit();
            // then
            assertThat(told.findings()).allMatch(finding -> finding.level() == Finding.Level.WELL);
            assertThat(told.findings().stream().map(Finding::about).distinct())
                    .containsExactly(
                            "endpoint", "token", "version", "quorum", "privileges", "storage", "network", "vmids");
            assertThat(told.result().exitCode()).isZero();
            assertThat(clinic.proxmox().requests().counts().keySet()).allMatch(call -> call.startsWith("GET "));
        }
    }

    @Test
    void aWrongTokenIsSaidOnceWithTheCommandsThatMakeOne() {
        try (var clinic = Clinic.open()) {
            // when
            var told = clinic.visit(
                    clinic.connection(
                            "wrong", new Trust.Authorities(clinic.proxmox().caPem())),
                    Clinic.NEEDS);
            // then
            assertThat(told.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.about()).isEqualTo("token");
                assertThat(finding.sentence())
                        .contains("does not accept token pxc@pve!operator")
                        .doesNotContain("wrong");
                assertThat(finding.remedy())
                        .containsExactly("pveum user add pxc@pve", "pveum user token add pxc@pve operator");
            });
            assertThat(told.result().exitCode()).isEqualTo(1);
        }
    }

    static Stream<Arguments> everyPrivilege() {
        return RequiredPrivileges.of(Clinic.NEEDS, new Version("9.2.11", "9.2")).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(privilege -> Arguments.of(entry.getKey(), privilege)));
    }

    @ParameterizedTest
    @MethodSource("everyPrivilege")
    void everyPrivilegeThatIsMissingIsNamed(String path, String privilege) {
        // given
        var rest = Arrays.stream(SimulatedProxmox.allPrivileges())
                .filter(other -> !other.equals(privilege))
                .toArray(String[]::new);
        shared.proxmox().grant(Clinic.TOKEN, path, rest);
        // when
        var told = shared.visit();
        // then
        assertThat(told.problems())
                .filteredOn(finding -> finding.about().equals("privileges"))
                .extracting(Finding::sentence)
                .contains("Token pxc@pve!operator lacks " + privilege + " on " + path);
        shared.proxmox().grant(Clinic.TOKEN, path, SimulatedProxmox.allPrivileges());
    }

    @Test
    void whatTheRemediesSayMakesATokenWithoutAnyRightWell() {
        try (var clinic = Clinic.open()) {
            // given
            clinic.proxmox().grant(Clinic.TOKEN, "/");
            clinic.proxmox().grant(Clinic.USER, "/");
            var before = clinic.visit();
            // when
            carryOut(before, clinic.proxmox());
            var after = clinic.visit();
            // then
            assertThat(before.problems()).isNotEmpty().allMatch(finding -> finding.about()
                    .equals("privileges"));
            assertThat(after.findings()).allMatch(finding -> finding.level() == Finding.Level.WELL);
        }
    }

    @Test
    void withoutQuorumThatIsSaid() {
        try (var clinic = Clinic.open()) {
            // given
            clinic.proxmox().faults().nodeDown("pve2");
            clinic.proxmox().faults().nodeDown("pve3");
            // when
            var told = clinic.visit();
            // then
            assertThat(told.problems()).extracting(Finding::about).contains("quorum", "endpoint");
            assertThat(told.findings())
                    .filteredOn(finding -> finding.about().equals("quorum"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.sentence()).contains("has no quorum: 1 of 3 nodes are online");
                        assertThat(finding.remedy()).containsExactly("pvecm status");
                    });
        }
    }

    @Test
    void aNodeThatIsOffIsNoProblemWhileItsAddressIsNotGiven() {
        try (var clinic = Clinic.open()) {
            // given
            clinic.proxmox().faults().nodeDown("pve3");
            var two = new Connection(
                    clinic.proxmox().endpoints().subList(0, 2),
                    clinic.connection().token(),
                    clinic.connection().trust());
            // when
            var told = clinic.visit(two, Clinic.NEEDS);
            // then
            assertThat(told.problems()).isEmpty();
            assertThat(told.findings())
                    .filteredOn(finding -> finding.level() == Finding.Level.NOTE)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.sentence()).startsWith("Node pve3 is offline"));
        }
    }

    @Test
    void aStorageThatIsNotThereIsNamedWithThoseThatAre() {
        try (var clinic = Clinic.open()) {
            // when
            var told = clinic.visit(
                    clinic.connection(),
                    new ClusterNeeds("ceph", "local", Clinic.NEEDS.plugs(), Clinic.NEEDS.kinds(), true));
            // then
            assertThat(told.problems()).singleElement().satisfies(finding -> {
                assertThat(finding.sentence())
                        .startsWith("Storage ceph does not exist on any node (there are: local, local-lvm)");
                assertThat(finding.remedy()).contains("pvesm status");
            });
        }
    }

    @Test
    void aStorageThatDoesNotTakeWhatItHasToIsToldHowToBeMadeTo() {
        try (var clinic = new Clinic(SimulatedProxmox.builder()
                .storages(
                        new StorageSpec(
                                "local", StorageSpec.Kind.DIR, Set.of("iso", "backup"), false, 50 * GIBIBYTE, Set.of()),
                        StorageSpec.localLvm(50 * GIBIBYTE)))) {
            // when
            var told = clinic.visit();
            // then
            assertThat(told.problems()).singleElement().satisfies(finding -> {
                assertThat(finding.sentence()).isEqualTo("Storage local does not take import, vztmpl");
                assertThat(finding.remedy()).containsExactly("pvesm set local --content backup,import,iso,vztmpl");
            });
        }
    }

    @Test
    void aStorageOfSomeNodesOnlyIsWorthANote() {
        try (var clinic = new Clinic(SimulatedProxmox.builder()
                .storages(
                        StorageSpec.local(50 * GIBIBYTE),
                        new StorageSpec(
                                "local-lvm",
                                StorageSpec.Kind.LVM_THIN,
                                Set.of("images", "rootdir"),
                                false,
                                50 * GIBIBYTE,
                                Set.of("pve1", "pve2"))))) {
            // when
            var told = clinic.visit();
            // then
            assertThat(told.problems()).isEmpty();
            assertThat(told.findings())
                    .extracting(Finding::sentence)
                    .contains("Storage local-lvm is not on pve3: machines go to the other nodes");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTrusted() {
        try (var clinic = Clinic.open();
                var other = SimulatedProxmox.builder().start()) {
            // when
            var told = clinic.visit(clinic.connection("any", new Trust.Authorities(other.caPem())), Clinic.NEEDS);
            // then
            assertThat(told.problems()).hasSize(3).allSatisfy(finding -> {
                assertThat(finding.about()).isEqualTo("endpoint");
                assertThat(finding.sentence()).contains("a certificate that is not trusted");
                assertThat(String.join("\n", finding.remedy())).contains("pve-root-ca.pem", "pvenode cert info");
            });
            assertThat(clinic.proxmox().requests().counts()).isEmpty();
        }
    }

    @Test
    void anAddressWhereNobodyIsIsNamedAndTheOthersAreLookedAt() {
        try (var clinic = Clinic.open()) {
            // given
            var nowhere = URI.create("https://127.0.0.1:1");
            var endpoints = new ArrayList<>(clinic.proxmox().endpoints());
            endpoints.addFirst(nowhere);
            // when
            var told = clinic.visit(
                    new Connection(
                            endpoints,
                            clinic.connection().token(),
                            clinic.connection().trust()),
                    Clinic.NEEDS);
            // then
            assertThat(told.problems()).singleElement().satisfies(finding -> {
                assertThat(finding.sentence()).contains(nowhere.toString(), "accepts no connection");
                assertThat(finding.remedy()).contains("systemctl status pveproxy");
            });
            assertThat(told.findings()).extracting(Finding::about).contains("storage", "network");
        }
    }

    @Test
    void aBridgeThatTheTokenMayNotUseIsAMatterOfPrivilegesNotOfTheBridge() {
        try (var clinic = Clinic.open()) {
            // given
            clinic.proxmox().grant(Clinic.TOKEN, "/sdn/zones/localnetwork/vmbr0", "SDN.Allocate");
            // when
            var told = clinic.visit();
            // then
            assertThat(told.problems()).singleElement().satisfies(finding -> {
                assertThat(finding.sentence())
                        .isEqualTo("Token pxc@pve!operator lacks SDN.Use on /sdn/zones/localnetwork/vmbr0");
                assertThat(finding.remedy())
                        .last()
                        .isEqualTo("pveum acl modify /sdn/zones/localnetwork/vmbr0 --users 'pxc@pve' --tokens"
                                + " 'pxc@pve!operator' --roles PxcNetwork");
            });
        }
    }

    @Test
    void aBridgeThatNoNodeHasIsNamedForEach() {
        try (var clinic = Clinic.open()) {
            // when
            var told = clinic.visit(clinic.connection(), Clinic.needs(new Plug("vmbr7", Optional.of(20))));
            // then
            assertThat(told.problems()).hasSize(3).first().satisfies(finding -> assertThat(finding.sentence())
                    .startsWith("Node pve1 has no bridge vmbr7 (it has: vmbr0)"));
        }
    }

    @Test
    void aClusterThatFailsWhileItIsLookedAtIsAProblemToo() {
        try (var clinic = Clinic.open()) {
            // given
            clinic.proxmox()
                    .faults()
                    .inject(Fault.on("GET", "/cluster/resources").answers(500, "got timeout"));
            // when
            var told = clinic.visit();
            // then
            assertThat(told.problems()).singleElement().satisfies(finding -> assertThat(finding.sentence())
                    .contains("while it was looked at", "got timeout"));
        }
    }

    @Test
    void aVersionThatTakesNoDiskImagesIsAProblem() {
        try (var clinic =
                new Clinic(SimulatedProxmox.builder().version("8.3.5").nodes(new NodeSpec("pve1", 4, GIBIBYTE)))) {
            // What the privilege of the guest agent was called before 9, the simulated one does not know.
            assertThat(clinic.visit().problems()).extracting(Finding::about).containsOnlyOnce("version");
        }
    }

    /** What a person does with the findings: runs their commands. */
    private static void carryOut(Clinic.Told told, SimulatedProxmox proxmox) {
        var role = Pattern.compile("pveum role modify (\\S+) --privs '([^']*)'");
        var grant = Pattern.compile("pveum acl modify (\\S+) --users '(\\S+)' --tokens '(\\S+)' --roles (\\S+)");
        Map<String, String[]> roles = new HashMap<>();
        for (var command : told.findings().stream()
                .map(Finding::remedy)
                .flatMap(List::stream)
                .toList()) {
            role.matcher(command)
                    .results()
                    .forEach(match -> roles.put(match.group(1), match.group(2).split(" ")));
            grant.matcher(command).results().forEach(match -> {
                proxmox.grant(match.group(2), match.group(1), roles.get(match.group(4)));
                proxmox.grant(match.group(3), match.group(1), roles.get(match.group(4)));
            });
        }
    }
}
