package cloud.pxc.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestCluster;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Fault;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MetricsTest {

    World world;

    @TestHTTPResource("/q/metrics")
    URL metrics;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(world).ready();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void machinesAreCountedByPhaseAndCallsByWhatTheyCameTo() {
        // given
        var stack = "{name: web, replicas: 2, image: debian-12, networks: [{name: lan}]}";

        // when
        cluster.stack("shop", stack).awaitStackReady("shop");
        cluster.proxmox()
                .faults()
                .inject(Fault.on("GET", "/cluster/resources")
                        .answers(500, "got timeout")
                        .times(1));

        // then
        assertThat(series("pxc_machines{"))
                .anyMatch(line -> line.contains("phase=\"Running\"") && line.endsWith(" 2.0"))
                .anyMatch(line -> line.contains("phase=\"Failed\"") && line.endsWith(" 0.0"));
        assertThat(series("pxc_machines_unready{")).singleElement().satisfies(line -> assertThat(line)
                .endsWith(" 0.0"));
        assertThat(series("pxc_proxmox_calls_seconds_count{"))
                .anyMatch(line -> line.contains("call=\"POST /nodes/{}/qemu\",")
                        && line.contains("outcome=\"OK\"")
                        && line.endsWith(" 2.0"));
        TestCluster.eventually(() -> series("pxc_proxmox_calls_seconds_count{").stream()
                .anyMatch(line ->
                        line.contains("call=\"GET /cluster/resources\"") && line.contains("outcome=\"Locked\"")));
    }

    @Test
    void noSeriesIsOfOneObject() {
        // when
        cluster.stack("shop", "{name: lonely, image: debian-12, networks: [{name: lan}]}")
                .awaitStackReady("shop");

        // then
        assertThat(text())
                .contains("operator_sdk_reconciliations_started", "agroal_active_count", "jvm_memory_used_bytes")
                .doesNotContain("shop-lonely-0", "name=\"shop\"", "retries_number");
    }

    /** Those of the test's own cluster. */
    private List<String> series(String name) {
        return text().lines()
                .filter(line -> line.startsWith(name))
                .filter(line -> line.contains("cluster=\"" + cluster.name() + "\""))
                .toList();
    }

    private String text() {
        try (var body = metrics.openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
