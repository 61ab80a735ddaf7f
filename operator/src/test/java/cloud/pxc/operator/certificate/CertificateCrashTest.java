package cloud.pxc.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.acme.AcmeAccount;
import cloud.pxc.acme.AcmeClient;
import cloud.pxc.acme.AcmeServer;
import cloud.pxc.acme.KeyAlgorithm;
import cloud.pxc.acme.Registration;
import cloud.pxc.crds.ObjectRef;
import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.certificate.CertificateSpec;
import cloud.pxc.crds.certificate.Replication;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.dns.ZoneConfiguration;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.TestZone;
import cloud.pxc.operator.certificate.CertificateFacts.Attempt;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.issuer.Accounts;
import cloud.pxc.operator.issuer.IssuerView;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.Programs;
import cloud.pxc.world.TsigSecret;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Killed after any step and started again, with a real API server, BIND and CA: one order, one certificate, nothing left over.
 */
@ExtendWith(InWorld.class)
class CertificateCrashTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static KubernetesClient kubernetes;
    private static AcmeAccount account;
    private static NameServerClient nameServer;
    private static TsigKey updateKey;
    private static Fqdn zone;

    private final List<String> orders = new ArrayList<>();
    private final List<String> serials = new ArrayList<>();
    private final String name =
            "c" + Long.toHexString(RandomGenerator.getDefault().nextLong());
    private final List<String> dnsNames = List.of("*." + name + "." + zone, name + "." + zone);

    @BeforeAll
    static void start(World world) {
        world.controlPlane().apply(Programs.projectRoot().resolve("helm/pxc/crds"));
        kubernetes = world.controlPlane().admin();
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("crash")
                        .endMetadata()
                        .build())
                .serverSideApply();
        zone = Fqdn.of("crash" + Long.toHexString(RandomGenerator.getDefault().nextLong()) + ".test");
        createZone(world);
        var ca = world.acmeCa();
        account = new AcmeClient(AcmeServer.of(ca.directory()).trusting(ca.serverCaPem()), CLOCK)
                .register(
                        KeyAlgorithm.ECDSA_P256.generate(new SecureRandom()),
                        new Registration(Optional.empty(), true, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void killedAfterAnyStepItGoesOnWithTheSameOrder(int lastStep) {
        var certificate = create();

        // given
        assertThat(runUntilKilled(certificate, lastStep)).isTrue();

        // when
        runUntilReady(certificate);

        // then
        assertThat(orders).hasSize(1);
        assertThat(serials).hasSize(1);
        assertWhole(certificate);
    }

    @Test
    void killedAfterEveryStepItArrivesAllTheSame() {
        var certificate = create();

        for (int kills = 0; kills < 7; kills++) {
            runUntilKilled(certificate, 1);
        }
        runUntilReady(certificate);

        assertThat(orders).hasSize(1);
        assertThat(serials).hasSize(1);
        assertWhole(certificate);
    }

    @Test
    void aSecretThatSomebodyDeletesIsIssuedAnewAndAChangedSpecToo() {
        var certificate = create();
        runUntilReady(certificate);
        var first = fresh(certificate).getStatus();

        kubernetes.secrets().inNamespace("crash").withName(name + "-tls").delete();
        runUntilReady(certificate);

        assertThat(fresh(certificate).getStatus().serial()).isNotEqualTo(first.serial());
        change(spec(dnsNames.subList(1, 2)));
        runUntilReady(certificate);
        assertThat(fresh(certificate).getStatus().names()).isEqualTo(dnsNames.get(1));
        assertThat(fresh(certificate).getStatus().revision()).isEqualTo(2);
        assertThat(orders).hasSize(3);
    }

    @Test
    void aSecretOfSomebodyElseIsLeftAlone() {
        var foreign = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("crash")
                .withName(name + "-tls")
                .endMetadata()
                .withStringData(Map.of("precious", "yes"))
                .build();
        kubernetes.resource(foreign).create();
        var certificate = create();

        reconcile(graph(Integer.MAX_VALUE), certificate);

        var ready = Conditions.find(fresh(certificate).getStatus().conditions(), Conditions.READY)
                .orElseThrow();
        assertThat(ready.getReason()).isEqualTo("SecretTaken");
        assertThat(orders).isEmpty();
        assertThat(kubernetes
                        .secrets()
                        .inNamespace("crash")
                        .withName(name + "-tls")
                        .get()
                        .getData())
                .containsOnlyKeys("precious");
    }

    @Test
    void copiesFollowTheNamespacesLabelsAndNeverOverwriteWhatIsNotOurs() {
        var wanted = "copies-" + name;
        var occupied = "occupied-" + name;
        namespace(wanted, Map.of("copy", name));
        namespace(occupied, Map.of("copy", name));
        kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(occupied)
                        .withName(name + "-tls")
                        .endMetadata()
                        .withStringData(Map.of("precious", "yes"))
                        .build())
                .create();
        var certificate = create();
        change(new CertificateSpec(
                dnsNames,
                name + "-tls",
                new ObjectRef("pebble"),
                null,
                null,
                new Replication(new LabelSelectorBuilder()
                        .addToMatchLabels("copy", name)
                        .build())));

        runUntilReady(certificate);

        var source = secret("crash");
        assertThat(secret(wanted).getData()).isEqualTo(source.getData());
        assertThat(secret(occupied).getData()).containsOnlyKeys("precious");
        var status = fresh(certificate).getStatus();
        assertThat(status.replicatedTo()).containsExactly(wanted);
        assertThat(Conditions.find(status.conditions(), "Replicated")
                        .orElseThrow()
                        .getMessage())
                .contains(occupied + "/" + name + "-tls is there and is not a copy");

        namespace(wanted, Map.of());
        reconcile(graph(Integer.MAX_VALUE), certificate);

        assertThat(secret(wanted)).isNull();
        assertThat(secret(occupied)).isNotNull();
    }

    @Test
    void aPausedOneSaysSoAndGoesOnWithItsOrderAfterwards() {
        // given
        var certificate = create();
        runUntilKilled(certificate, 3);
        var before = fresh(certificate).getStatus();
        TestZone.annotate(kubernetes.resource(certificate), Steering.PAUSED, "true");

        // when
        reconcile(graph(Integer.MAX_VALUE), certificate);

        // then
        var paused = fresh(certificate).getStatus();
        assertThat(Conditions.find(paused.conditions(), Conditions.STALLED)
                        .orElseThrow()
                        .getReason())
                .isEqualTo("Paused");
        assertThat(paused.orderUrl()).isEqualTo(before.orderUrl());
        TestZone.annotate(kubernetes.resource(certificate), Steering.PAUSED, null);
        runUntilReady(certificate);
        assertThat(orders).hasSize(1);
        assertThat(Conditions.find(fresh(certificate).getStatus().conditions(), Conditions.STALLED))
                .isEmpty();
    }

    private void assertWhole(Certificate certificate) {
        var status = fresh(certificate).getStatus();
        assertThat(status.serial()).isEqualTo(serials.getFirst());
        assertThat(status.revision()).isEqualTo(1);
        assertThat(status.renewalTime()).isNotNull();
        assertThat(status.failures()).isNull();
        var held = (HeldSecret.Pair) new CertificateSecrets(kubernetes).held(certificate);
        assertThat(held.matches()).isTrue();
        assertThat(held.isFor(dnsNames)).isTrue();
        assertThat(held.chain().certificates()).hasSizeGreaterThan(1);
        assertThat(secret("crash").getType()).isEqualTo("kubernetes.io/tls");
        assertThat(kubernetes
                        .secrets()
                        .inNamespace("crash")
                        .withName(CertificateSecrets.nextKeyName(certificate))
                        .get())
                .isNull();
        assertThat(nameServer.lookup(BindRecords.challenge(dnsNames.getFirst()), RecordType.TXT))
                .isEmpty();
    }

    private Secret secret(String namespace) {
        return kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName(name + "-tls")
                .get();
    }

    /** Runs with objects of its own that die after so many steps; whether they did. */
    private boolean runUntilKilled(Certificate certificate, int lastStep) {
        var graph = graph(lastStep);
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            try {
                                reconcile(graph, certificate);
                                return isDone(certificate) ? Optional.of(false) : Optional.<Boolean>empty();
                            } catch (Killed killed) {
                                return Optional.of(true);
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private void runUntilReady(Certificate certificate) {
        var graph = graph(Integer.MAX_VALUE);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    reconcile(graph, certificate);
                    return isDone(certificate);
                });
    }

    private static void reconcile(CertificateReconciler graph, Certificate certificate) {
        graph.reconcile(certificate, null);
    }

    private static boolean isDone(Certificate certificate) {
        var now = fresh(certificate);
        var status = now.getStatus();
        return status != null
                && now.getMetadata().getGeneration().equals(status.observedGeneration())
                && Conditions.isReady(status.conditions())
                && status.orderUrl() == null;
    }

    private static Certificate fresh(Certificate certificate) {
        return kubernetes.resource(certificate).get();
    }

    private Certificate create() {
        var certificate = new Certificate();
        certificate.setMetadata(
                new ObjectMetaBuilder().withNamespace("crash").withName(name).build());
        certificate.setSpec(spec(dnsNames));
        return kubernetes.resource(certificate).create();
    }

    private CertificateSpec spec(List<String> names) {
        return new CertificateSpec(names, name + "-tls", new ObjectRef("pebble"), null, null, null);
    }

    private void change(CertificateSpec spec) {
        kubernetes
                .resources(Certificate.class)
                .inNamespace("crash")
                .withName(name)
                .edit(before -> {
                    before.setSpec(spec);
                    return before;
                });
    }

    private static void namespace(String name, Map<String, String> labels) {
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    /** Everything a process has in memory, made anew. */
    private CertificateReconciler graph(int lastStep) {
        var secrets = new CertificateSecrets(kubernetes);
        var statuses = new CertificateStatuses(kubernetes);
        var records = new BindRecords(nameServer, updateKey, zone);
        var accounts = new OneAccount();
        var settings = new Impatient();
        var gate = new OrderGate();
        var rights = new AnyName();
        var advice = new RenewalAdvice(accounts, settings, CLOCK);
        var executor = new Mortal(secrets, statuses, records, gate, lastStep);
        var observer = new CertificateObserver(secrets, accounts, rights, records, advice, CLOCK);
        return new CertificateReconciler(
                statuses,
                new CertificateCourse(observer, executor, accounts, gate, settings, CLOCK),
                new CertificateReport(new Conditions(CLOCK)),
                new CertificateLeavings(
                        new Replicas(kubernetes),
                        new CertificateEvents(kubernetes, CLOCK),
                        advice,
                        records,
                        rights,
                        gate),
                new Signals(new ZoneCatalog(kubernetes)),
                CLOCK);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Dies once it has done so many steps. */
    private final class Mortal extends CertificateExecutor {

        private int left;

        Mortal(
                CertificateSecrets secrets,
                CertificateStatuses statuses,
                ChallengeRecords records,
                OrderGate gate,
                int lastStep) {
            super(
                    secrets,
                    statuses,
                    records,
                    (certificate, issuer, names, serial) -> serials.add(serial),
                    gate,
                    new SecureRandom());
            this.left = lastStep;
        }

        @Override
        Attempt keepKey(
                Certificate certificate, CertificateRequest request, CertificateFacts facts, Step.KeepKey step) {
            return passed(super.keepKey(certificate, request, facts, step));
        }

        @Override
        Attempt openOrder(Certificate certificate, CertificateRequest request, CertificateFacts facts) {
            var attempt = super.openOrder(certificate, request, facts);
            orders.add(attempt.order().orElseThrow().toString());
            return passed(attempt);
        }

        @Override
        Attempt publish(Certificate certificate, CertificateFacts facts, Step.Publish step) {
            return passed(super.publish(certificate, facts, step));
        }

        @Override
        Attempt trigger(CertificateFacts facts, Step.Trigger step) {
            return passed(super.trigger(facts, step));
        }

        @Override
        Attempt finish(CertificateRequest request, CertificateFacts facts, Step.Finish step) {
            return passed(super.finish(request, facts, step));
        }

        @Override
        Optional<Attempt> store(
                Certificate certificate, CertificateRequest request, CertificateFacts facts, Step.Store step) {
            return passed(super.store(certificate, request, facts, step));
        }

        @Override
        Attempt tidy(Certificate certificate) {
            return passed(super.tidy(certificate));
        }

        private <T> T passed(T result) {
            left--;
            if (left == 0) {
                throw new Killed();
            }
            return result;
        }
    }

    private static final class OneAccount implements Accounts {

        @Override
        public IssuerView view(String issuer) {
            return new IssuerView.Usable(account, Optional.of("default"), Optional.empty(), Optional.empty());
        }

        @Override
        public void doubt(String issuer) {
            throw new AssertionError("the CA lost the account of issuer " + issuer);
        }
    }

    private static final class AnyName implements NameRights {

        @Override
        public List<String> claim(Certificate certificate, List<String> names) {
            return List.of();
        }

        @Override
        public void release(Certificate certificate) {}
    }

    private static final class Impatient implements CertificateSettings {

        private record Wait(Duration first, Duration max) implements Backoff, Refused {}

        private static final Wait SHORT = new Wait(Duration.ofMillis(100), Duration.ofSeconds(1));

        @Override
        public Duration renewalAdvice() {
            return Duration.ofHours(6);
        }

        @Override
        public Backoff unreachable() {
            return SHORT;
        }

        @Override
        public Refused refused() {
            return SHORT;
        }
    }

    private static void createZone(World world) {
        var primary = world.primary();
        updateKey = key(primary.updateKey());
        nameServer = new NameServerClient(new ServerAddress(primary.address(), primary.port()), TIMEOUT, CLOCK);
        var ns = zone.child("ns1");
        new ZoneServer(
                        new ServerAddress(primary.address(), primary.controlPort()),
                        key(primary.controlKey()),
                        TIMEOUT,
                        CLOCK,
                        RandomGenerator.getDefault())
                .createPrimary(
                        new ZoneConfiguration(
                                zone,
                                new ZoneConfiguration.Soa(ns, zone.child("hostmaster"), 60, 10, 86400, 0, 300),
                                List.of(
                                        RRset.of(zone, RecordType.NS, 300, List.of(ns + ".")),
                                        RRset.of(ns, RecordType.A, 300, List.of("127.0.0.1"))),
                                updateKey,
                                key(primary.transferKey()),
                                Optional.empty()),
                        List.of(),
                        ZoneServer.SeedAddress.AUTOMATIC);
    }

    private static TsigKey key(TsigSecret secret) {
        return TsigKey.of(secret.name(), secret.algorithm(), secret.secret());
    }
}
