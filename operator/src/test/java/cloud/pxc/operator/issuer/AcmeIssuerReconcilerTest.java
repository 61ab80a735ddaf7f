package cloud.pxc.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.SecretRef;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.crds.issuer.AcmeIssuerSpec;
import cloud.pxc.crds.issuer.ExternalAccountBinding;
import cloud.pxc.operator.OperatorSettings;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.AcmeCa;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.Programs;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a real API server and a CA of its own, which comes and goes. */
@ExtendWith(InWorld.class)
class AcmeIssuerReconcilerTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String NAMESPACE = "pxc-system";
    private static final String MAC_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private final String name =
            "i" + Long.toHexString(RandomGenerator.getDefault().nextLong());
    private World world;
    private KubernetesClient kubernetes;
    private AccountKeys keys;
    private Issuers issuers;
    private AcmeIssuerReconciler reconciler;
    private AcmeCa ca;

    @BeforeEach
    void start(World shared) {
        world = shared;
        kubernetes = world.controlPlane().admin();
        world.controlPlane().apply(Programs.projectRoot().resolve("helm/pxc/crds"));
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        var config = new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withMapping(IssuerSettings.class)
                .withSources(new io.smallrye.config.PropertiesConfigSource(Map.of("HOSTNAME", "test"), "test", 100))
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .build();
        var secrets = new IssuerSecrets(kubernetes);
        keys = new AccountKeys(kubernetes, config.getConfigMapping(OperatorSettings.class), new SecureRandom());
        issuers = new Issuers(kubernetes, secrets, keys, CLOCK);
        reconciler = new AcmeIssuerReconciler(
                issuers, secrets, keys, config.getConfigMapping(IssuerSettings.class), new Conditions(CLOCK), CLOCK);
    }

    @AfterEach
    void stop() {
        if (ca != null) {
            ca.close();
        }
    }

    @Test
    void anIssuerIsRegisteredOnceAndCanBeOrderedWith() {
        startCa(AcmeCa.Options.usual());
        create(spec(null));

        reconcile();

        assertThat(ready().getStatus()).isEqualTo("True");
        assertThat(status().accountUrl()).isNotBlank();
        assertThat(status().profiles()).containsExactly("default");
        var account = status().accountUrl();
        var key = keys.find(name).orElseThrow();
        assertThat(issuers.view(name)).isInstanceOfSatisfying(IssuerView.Usable.class, usable -> {
            assertThat(usable.account().look().usable()).isTrue();
            assertThat(usable.profile()).contains("default");
        });

        var again = reconcile();

        assertThat(again).isEqualTo(Duration.ofHours(1));
        assertThat(status().accountUrl()).isEqualTo(account);
        assertThat(keys.find(name).orElseThrow().getPublic()).isEqualTo(key.getPublic());
    }

    @Test
    void aDeadServerIsToldWithItsUrlAndTheIssuerConvergesByItselfOnceItLives() {
        startCa(AcmeCa.Options.usual());
        ca.stop();
        create(spec(null));

        var first = reconcile();
        var second = reconcile();

        assertThat(ready().getReason()).isEqualTo("Unreachable");
        assertThat(ready().getMessage()).contains(ca.directory().toString(), "check spec.server");
        assertThat(Conditions.find(status().conditions(), "Reconciling")).isPresent();
        assertThat(second).isGreaterThan(first);
        assertThat(issuers.view(name))
                .isInstanceOfSatisfying(IssuerView.Unusable.class, unusable -> assertThat(unusable.message())
                        .contains(ca.directory().toString()));

        ca.start();
        reconcile();

        assertThat(ready().getStatus()).isEqualTo("True");
    }

    @Test
    void anAccountThatTheCaLostIsRegisteredAgainWithTheSameKey() {
        startCa(AcmeCa.Options.usual());
        create(spec(null));
        reconcile();
        var key = keys.find(name).orElseThrow();

        ca.stop();
        ca.start();
        reconcile();

        assertThat(ready().getStatus()).isEqualTo("True");
        assertThat(keys.find(name).orElseThrow().getPublic()).isEqualTo(key.getPublic());
        assertThat(((IssuerView.Usable) issuers.view(name)).account().look().usable())
                .isTrue();
    }

    @Test
    void aMissingSecretAndAnUntrustedServerAreToldWithTheirRemedies() {
        startCa(AcmeCa.Options.usual());
        create(new AcmeIssuerSpec(
                ca.directory().toString(), null, null, new SecretRef(NAMESPACE, name + "-nothing"), null, null, null));
        reconcile();
        assertThat(ready().getMessage())
                .contains("Secret pxc-system/" + name + "-nothing does not exist; create it with the key ca.crt");

        change(new AcmeIssuerSpec(ca.directory().toString(), null, null, null, null, null, null));
        reconcile();
        assertThat(ready().getReason()).isEqualTo("Untrusted");
        assertThat(ready().getMessage()).contains("spec.caRef");

        change(spec(null));
        reconcile();
        assertThat(ready().getStatus()).isEqualTo("True");
    }

    @Test
    void aCaThatWantsAnExternalAccountGetsIt() {
        startCa(AcmeCa.Options.usual().withExternalAccounts(Map.of("kid-1", MAC_KEY)));
        create(spec(null));
        reconcile();
        assertThat(ready().getReason()).isEqualTo("ExternalAccountRefused");
        assertThat(Conditions.find(status().conditions(), "Stalled")).isPresent();

        secret(name + "-eab", "hmacKey", MAC_KEY);
        change(spec(new ExternalAccountBinding("kid-1", new SecretRef(NAMESPACE, name + "-eab"))));
        reconcile();

        assertThat(ready().getStatus()).isEqualTo("True");
    }

    private void startCa(AcmeCa.Options options) {
        ca = AcmeCa.start(world.scratch(), world.primary(), options);
        secret(name + "-ca", "ca.crt", ca.serverCaPem());
    }

    private AcmeIssuerSpec spec(ExternalAccountBinding binding) {
        return new AcmeIssuerSpec(
                URI.create(ca.directory().toString()).toString(),
                "ops@example.org",
                binding,
                new SecretRef(NAMESPACE, name + "-ca"),
                null,
                null,
                null);
    }

    private void create(AcmeIssuerSpec spec) {
        var issuer = new AcmeIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName(name).build());
        issuer.setSpec(spec);
        kubernetes.resource(issuer).create();
    }

    private void change(AcmeIssuerSpec spec) {
        kubernetes.resources(AcmeIssuer.class).withName(name).edit(before -> {
            before.setSpec(spec);
            return before;
        });
    }

    private void secret(String secretName, String key, String value) {
        kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(secretName)
                        .endMetadata()
                        .withStringData(Map.of(key, value))
                        .build())
                .create();
    }

    /** As the framework does it: the status is patched as the reconciler says. @return when it wants to be called again */
    private Duration reconcile() {
        var control = reconciler.reconcile(current(), null);
        control.getResource().ifPresent(patch -> kubernetes
                .resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("pxc")
                        .withForce(true)
                        .build()));
        return Duration.ofMillis(control.getScheduleDelay().orElseThrow());
    }

    private Condition ready() {
        return Conditions.find(status().conditions(), Conditions.READY).orElseThrow();
    }

    private cloud.pxc.crds.issuer.AcmeIssuerStatus status() {
        return current().getStatus();
    }

    private AcmeIssuer current() {
        return kubernetes.resources(AcmeIssuer.class).withName(name).get();
    }
}
