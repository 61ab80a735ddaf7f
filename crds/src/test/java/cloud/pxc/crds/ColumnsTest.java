package cloud.pxc.crds;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.ControlPlane;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.World;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code kubectl get} and {@code kubectl explain} show a person. */
@ExtendWith(InWorld.class)
class ColumnsTest {

    private static final Path ROOT = Path.of(System.getProperty("pxc.root"));
    private static final String VALID = "src/test/resources/valid";

    private static ControlPlane controlPlane;

    @BeforeAll
    static void makeOneOfEachKind(World world) {
        controlPlane = world.controlPlane();
        controlPlane.apply(ROOT.resolve("helm/pxc/crds"));
        kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        controlPlane.apply(Path.of(VALID));
    }

    @AfterAll
    static void removeThem() {
        kubectl("delete", "-f", VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "pvec, NAME TARGET VERSION NODES MACHINES READY STATUS AGE",
        "stk, NAME FQDN MACHINES READY STATUS AGE",
        "mach, NAME SET PHASE VMID NODE ADDRESS READY AGE",
        "msnap, NAME MACHINE PHASE MEMORY READY TAKEN AGE",
        "zones, NAME SERIAL RECORDS SERVERS DRIFT READY STATUS AGE",
        "recs, NAME FQDN TYPE VALUE SERIAL READY STATUS AGE",
        "acmeissuer, NAME SERVER READY STATUS AGE",
        "pxcerts, NAME NAMES ISSUER EXPIRES RENEWS READY STATUS AGE"
    })
    void theColumnsAnswerTheFirstQuestion(String shortName, String columns) {
        var table = kubectl("get", shortName);

        assertThat(table.lines().findFirst().orElseThrow().trim().split(" +")).containsExactly(columns.split(" "));
    }

    @Test
    void datesToComeAreReadable() {
        // given
        var status = "{\"status\":{\"notAfter\":\"2999-02-22T10:00:00Z\",\"renewalTime\":\"2999-01-22T10:00:00Z\"}}";
        kubectl("patch", "pxcert", "shortest", "--subresource=status", "--type=merge", "--patch=" + status);

        // when
        var table = kubectl("get", "pxcert", "shortest");

        // then
        assertThat(table).contains("2999-02-22", "2999-01-22");
    }

    @Test
    void allKindsAreFoundByTheirCategory() {
        var names = kubectl("get", "pxc", "--output=name");

        assertThat(names)
                .contains(
                        "proxmoxcluster.pxc.cloud/alpha",
                        "stack.pxc.cloud/shop",
                        "machine.pxc.cloud/whole-web-0",
                        "machinesnapshot.pxc.cloud/before-upgrade",
                        "dnszone.pxc.cloud/cloud.example.org",
                        "dnsrecord.pxc.cloud/cname",
                        "acmeissuer.pxc.cloud/letsencrypt",
                        "certificate.pxc.cloud/shortest");
    }

    @Test
    void defaultsAreFilledInByTheServer() {
        assertThat(kubectl("get", "zone", "lab.example.org", "--output=jsonpath={.spec.ttl.max} {.spec.soa.contact}"))
                .isEqualTo("86400 hostmaster");
        assertThat(kubectl("get", "pxcert", "shortest", "--output=jsonpath={.spec.privateKey.size} {.spec.renewal}"))
                .isEqualTo("256 {\"before\":\"33%\"}");
        assertThat(kubectl("get", "stk", "shop", "--output=jsonpath={.spec.machineSets[0].placement.spread}"))
                .isEqualTo("node");
        assertThat(kubectl("get", "pvec", "alpha", "--output=jsonpath={.spec.overcommit}"))
                .isEqualTo("{\"cpu\":4,\"memory\":1}");
    }

    @Test
    void aFieldIsExplained() {
        assertThat(kubectl("explain", "dnszone.spec.primary.tsigRef"))
                .contains("Secret with the keys name, algorithm", "RFC 8945");
    }

    private static String kubectl(String... arguments) {
        var output = controlPlane.kubectl(arguments);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }
}
