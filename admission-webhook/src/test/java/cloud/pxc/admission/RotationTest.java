package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** The certificate is exchanged every few seconds, while the API server asks without a pause. */
@QuarkusTest
@QuarkusTestResource(Installed.class)
@TestProfile(RotationTest.EveryFewSeconds.class)
class RotationTest {

    private static final Logger LOG = Logger.getLogger(RotationTest.class);

    /** Settings. */
    public static class EveryFewSeconds implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pxc.webhook.certificate.rotation", "4s", "pxc.webhook.certificate.check", "200ms");
        }
    }

    @ConfigProperty(name = "quarkus.http.test-ssl-port")
    int port;

    @Test
    void noReviewFailsWhileCertificatesAndAuthoritiesAreExchanged() throws Exception {
        // given
        var admin = Installed.admin();
        await().until(Installed::bundleIsWritten);
        admin.resource(Objects.namespace("rotation", Map.of())).create();
        admin.resource(Objects.zone("rotation.example.org", "[]")).create();
        var failures = new ConcurrentLinkedQueue<String>();
        var took = new ConcurrentLinkedQueue<Duration>();
        var over = new AtomicBoolean();

        // when
        var served = new HashSet<X509Certificate>();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var i = 0; i < 3; i++) {
                var ingress = Objects.ingress("rotation", "web-" + i, "web-" + i + ".rotation.example.org");
                threads.submit(() -> {
                    while (!over.get()) {
                        var begin = System.nanoTime();
                        try {
                            admin.resource(ingress).dryRun().create();
                        } catch (KubernetesClientException e) {
                            failures.add(e.getMessage());
                        }
                        took.add(Duration.ofNanos(System.nanoTime() - begin));
                    }
                });
            }
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> {
                    served.add(certificateTrustedByTheBundle());
                    return served.size() >= 4;
                });
            } finally {
                over.set(true);
            }
        }

        // then
        assertThat(failures).isEmpty();
        var sorted = new ArrayList<>(took);
        sorted.sort(null);
        LOG.infof(
                "dry-run creations=%d p50=%d ms p99=%d ms, of three at once",
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() * 99 / 100).toMillis());
    }

    /** What is served now, verified as the API server does: by the bundle in the configuration, and the host. */
    private X509Certificate certificateTrustedByTheBundle() throws GeneralSecurityException, IOException {
        var context = Installed.trustingTheBundle();
        try (var socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getByName("127.0.0.1"), port)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            var chain = socket.getSession().getPeerCertificates();
            assertThat(Arrays.asList(chain)).hasSize(1);
            return (X509Certificate) chain[0];
        }
    }
}
