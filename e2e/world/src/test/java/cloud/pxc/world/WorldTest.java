package cloud.pxc.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InWorld.class)
class WorldTest {

    @Test
    void theApiServerCollectsWhatANamespaceHeld(World world) {
        var admin = world.controlPlane().admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("short-lived")
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("short-lived")
                        .withName("thing")
                        .endMetadata()
                        .build())
                .create();

        admin.namespaces().withName("short-lived").delete();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.namespaces().withName("short-lived").get() == null);
    }

    @Test
    void aServiceAccountMayDoNothingThatNobodyGranted(World world) {
        var admin = world.controlPlane().admin();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);

        try (var nobody = world.controlPlane().clientFor("default", "default")) {
            Assertions.assertThatThrownBy(
                            () -> nobody.secrets().inNamespace("default").list())
                    .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(refusal.getCode())
                            .isEqualTo(403));
        }
    }

    @Test
    void kubectlSpeaksToTheApiServer(World world) {
        var output = world.controlPlane().kubectl("get", "namespaces");

        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.text()).contains("kube-system");
    }

    @Test
    void theDatabaseAnswers(World world) throws SQLException {
        try (var connection = world.database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select 6 * 7")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void bothNameServersRunAndComeBackAfterAKill(World world) {
        assertThat(world.primary().port()).isNotEqualTo(world.secondary().port());

        world.secondary().kill();
        world.secondary().start();

        assertThat(Files.exists(world.secondary().log())).isTrue();
    }

    @Test
    void theCertificationAuthorityHasARoot(World world) {
        assertThat(world.acmeCa().rootPem()).startsWith("-----BEGIN CERTIFICATE-----");
    }
}
