package cloud.pxc.admission.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.admission.Installed;
import cloud.pxc.world.ControlPlane;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replicas, each with the chart's ServiceAccount, on a real API server. */
@ExtendWith(InWorld.class)
class ReplicasTest {

    private static ControlPlane controlPlane;

    private final List<Replica> replicas = new ArrayList<>();
    private Resource<Secret> secret;

    /** One process's share. */
    private record Replica(KubernetesClient kubernetes, ServingCertificate certificate, ServingKeys keys) {

        X509Certificate served() {
            return keys.getCertificateChain(keys.getServerAliases("EC", null)[0])[0];
        }

        void stop() {
            certificate.stop();
            kubernetes.close();
        }
    }

    @BeforeAll
    static void install(World world) {
        controlPlane = world.controlPlane();
        Installed.install(world, 1);
    }

    @BeforeEach
    void find() {
        secret = controlPlane.admin().secrets().inNamespace(Installed.NAMESPACE).withName("pxc-admission-webhook-tls");
    }

    @AfterEach
    void stop() {
        replicas.forEach(Replica::stop);
        empty();
    }

    private void empty() {
        secret.edit(it -> {
            it.setData(null);
            return it;
        });
    }

    @Test
    void thoseThatStartAtOnceShareOneCertificateThatTheConfigurationTrusts() {
        // when
        for (var i = 0; i < 4; i++) {
            replicas.add(replica("127.0.0.1"));
        }
        replicas.parallelStream().forEach(replica -> replica.certificate().start(null));

        // then
        await().until(() ->
                replicas.stream().allMatch(replica -> replica.certificate().isTrusted()));
        await().untilAsserted(() -> assertThat(replicas)
                .extracting(Replica::served)
                .containsOnly(shared().leaf().certificate()));
        await().untilAsserted(() -> assertThat(bundles()).hasSize(3).containsOnly(encoded(shared().bundle())));
    }

    @Test
    void whatIsTakenOutOfTheSecretOrBrokenIsPutBack() throws Exception {
        // given
        var replica = start("127.0.0.1");
        var before = shared();

        // when
        empty();

        // then
        await().untilAsserted(() -> assertThat(shared()).isEqualTo(before));

        // when
        secret.edit(it -> {
            it.getData().put("tls.key", encoded("garbage"));
            return it;
        });

        // then
        await().untilAsserted(() -> assertThat(shared()).isEqualTo(before));
        assertThat(replica.served()).isEqualTo(before.leaf().certificate());
    }

    @Test
    void aReplicaThatIsReachedByAnotherHostAddsItAndTheOthersFollow() {
        // given
        var before = start("127.0.0.1");

        // when
        start("pxc-admission-webhook.pxc-system.svc");

        // then
        await().untilAsserted(() -> assertThat(before.served().getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactlyInAnyOrder("127.0.0.1", "pxc-admission-webhook.pxc-system.svc"));
    }

    @Test
    void withoutItsRoleItIsNotReadyAndGoesOnByItselfWhenItIsGiven() {
        // given
        var binding = controlPlane
                .admin()
                .rbac()
                .roleBindings()
                .inNamespace(Installed.NAMESPACE)
                .withName("pxc-admission-webhook");
        var given = binding.get();
        binding.delete();
        var replica = replica("127.0.0.1");

        // when
        replicas.add(replica);
        replica.certificate().start(null);

        // then
        await().during(Duration.ofSeconds(2)).until(() -> !replica.certificate().isTrusted());

        // when
        given.getMetadata().setResourceVersion(null);
        controlPlane.admin().resource(given).create();

        // then
        await().atMost(Duration.ofSeconds(60)).until(() -> replica.certificate().isTrusted());
    }

    private Replica start(String host) {
        var replica = replica(host);
        replicas.add(replica);
        replica.certificate().start(null);
        await().until(() -> replica.certificate().isTrusted());
        return replica;
    }

    private static Replica replica(String host) {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(ServingSettings.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("pxc.webhook.hosts", host, "pxc.webhook.certificate.check", "1s"), "test", 100))
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(ServingSettings.class);
        var kubernetes = controlPlane.clientFor(Installed.NAMESPACE, Installed.ACCOUNT);
        var keys = new ServingKeys(Clock.systemUTC());
        return new Replica(
                kubernetes,
                new ServingCertificate(kubernetes, keys, new CaBundle(kubernetes), settings, Clock.systemUTC()),
                keys);
    }

    private Identity shared() {
        return SharedSecret.read(secret.get()).orElseThrow();
    }

    private static List<String> bundles() {
        return controlPlane
                .admin()
                .admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("pxc-admission-webhook")
                .get()
                .getWebhooks()
                .stream()
                .map(webhook -> webhook.getClientConfig().getCaBundle())
                .toList();
    }

    private static String encoded(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
