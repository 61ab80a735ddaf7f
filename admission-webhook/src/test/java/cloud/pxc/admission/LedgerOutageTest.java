package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger goes away and comes back: what is about names waits, what is not goes on. */
@QuarkusTest
@QuarkusTestResource(Installed.class)
class LedgerOutageTest {

    private static final Duration BELOW_THE_TIMEOUT = Duration.ofSeconds(3);

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String zone = id + ".example.org";

    @ConfigProperty(name = "quarkus.management.test-port")
    int probes;

    private KubernetesClient admin;
    private boolean stopped;

    @BeforeEach
    void anIngress() {
        admin = Installed.admin();
        await().until(Installed::bundleIsWritten);
        await().until(() -> ready() == 200);
        admin.resource(Objects.namespace(id, Map.of())).create();
        admin.resource(Objects.zone(zone, "[]")).create();
        var web = Objects.ingress(id, "web", "web." + zone);
        web.getMetadata().setFinalizers(List.of("example.org/guard"));
        admin.resource(web).create();
        admin.resource(Objects.record(id, "db", "db." + zone)).create();
    }

    @AfterEach
    void start() {
        if (stopped) {
            Installed.database().start();
        }
    }

    @Test
    void newNamesWaitAndAreToldWhy() {
        // given
        stop();

        // when
        var refusal = failure(Objects.ingress(id, "other", "other." + zone));

        // then
        assertThat(refusal.getCode()).isEqualTo(500);
        assertThat(refusal.getStatus().getMessage())
                .contains(
                        "failed calling webhook \"ingress.pxc.cloud\"",
                        "The ledger (PostgreSQL) does not answer",
                        "check the database and its address");

        // when
        start();
        stopped = false;

        // then
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> assertThat(
                        admin.resource(Objects.ingress(id, "other", "other." + zone))
                                .create())
                .isNotNull());
    }

    @Test
    void deletionsFinalizersAndOtherChangesPass() throws Exception {
        // given
        stop();

        // when
        admin.network().v1().ingresses().inNamespace(id).withName("web").edit(it -> {
            it.getMetadata().setLabels(Map.of("changed", "true"));
            return it;
        });
        admin.network().v1().ingresses().inNamespace(id).withName("web").delete();
        admin.network().v1().ingresses().inNamespace(id).withName("web").edit(it -> {
            it.getMetadata().setFinalizers(List.of());
            return it;
        });
        admin.resource(Objects.record(id, "db", "db." + zone)).delete();

        // then
        await().until(() ->
                admin.network().v1().ingresses().inNamespace(id).withName("web").get() == null);
        assertThat(ready()).as("answers that need no ledger go on").isEqualTo(200);
    }

    @Test
    void aRefusalByTheZonesNeedsNoLedger() {
        stop();

        assertThat(failure(Objects.ingress(id, "outside", "www.example.net"))
                        .getStatus()
                        .getMessage())
                .contains("www.example.net lies in no zone of this cloud");
    }

    @Test
    void aLedgerThatHangsIsNotWaitedForBeyondTheTimeout() throws Exception {
        try (var connection = Installed.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            // given
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE host_claim IN ACCESS EXCLUSIVE MODE");

            // when
            var begin = System.nanoTime();
            var refusal = failure(Objects.ingress(id, "other", "other." + zone));
            var took = Duration.ofNanos(System.nanoTime() - begin);

            // then
            assertThat(refusal.getStatus().getMessage())
                    .contains("failed calling webhook", "check the")
                    .doesNotContain("deadline exceeded");
            assertThat(took).isLessThan(BELOW_THE_TIMEOUT);
            connection.rollback();
        }
    }

    private void stop() {
        Installed.database().stop();
        stopped = true;
    }

    private KubernetesClientException failure(HasMetadata object) {
        return catchThrowableOfType(
                KubernetesClientException.class, () -> admin.resource(object).create());
    }

    private int ready() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probes + "/q/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
