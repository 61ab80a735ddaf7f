package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server asks, and does as it is answered. */
@QuarkusTest
@QuarkusTestResource(Installed.class)
class AdmissionTest {

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String zone = id + ".example.org";
    private final String shop = id + "-shop";
    private final String lab = id + "-lab";

    @Inject
    HostClaims ledger;

    private KubernetesClient admin;

    @BeforeEach
    void aZoneForTwoTeams() {
        admin = Installed.admin();
        await().until(Installed::bundleIsWritten);
        admin.resource(Objects.namespace(shop, Map.of("team", shop))).create();
        admin.resource(Objects.namespace(lab, Map.of("team", lab))).create();
        admin.resource(Objects.zone(zone, """
                - {namespaceSelector: {matchLabels: {team: %s}}, names: ["shop", "*.shop"]}
                - {namespaceSelector: {matchLabels: {team: %s}}, names: ["lab", "*.lab", "shop"]}
                """.formatted(shop, lab))).create();
    }

    @Test
    void whoComesFirstGetsTheNameAndTheSecondIsToldByWhom() {
        // given
        admin.resource(Objects.ingress(shop, "web", "shop." + zone)).create();

        // when
        var refusal = refusal(Objects.ingress(lab, "stolen", "shop." + zone));

        // then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo("admission webhook \"ingress.pxc.cloud\" denied the request: shop." + zone
                        + " is held by namespace " + shop + " (Ingress web) since "
                        + LocalDate.now(ZoneOffset.UTC) + "; ask its owner to let it go, or choose a name under *.lab."
                        + zone);
    }

    @Test
    void aDnsRecordIsHeldToTheSameRules() {
        // given
        admin.resource(Objects.record(shop, "db", "db.shop." + zone)).create();

        // when
        var stolen = refusal(Objects.record(lab, "db", "db.shop." + zone));
        var foreign = refusal(Objects.record(lab, "other", "other.shop." + zone));

        // then
        assertThat(stolen.getStatus().getMessage())
                .contains("admission webhook \"dnsrecord.pxc.cloud\" denied the request: db.shop." + zone
                        + " is held by namespace " + shop + " (DnsRecord db) since ");
        assertThat(foreign.getStatus().getMessage())
                .endsWith("namespace " + lab + " may not take other.shop." + zone + "; choose a name under *.lab."
                        + zone);
    }

    @Test
    void theNameOfAStackIsUniqueInItsCloudDomain() {
        // given
        admin.resource(Objects.cluster(id, zone)).create();
        admin.resource(Objects.cluster(id + "-elsewhere", "elsewhere.example.net"))
                .create();
        admin.resource(Objects.stack(shop, "shop", id)).create();

        // when
        var stolen = refusal(Objects.stack(lab, "shop", id));
        var foreign = refusal(Objects.stack(lab, "other", id));

        // then
        assertThat(stolen.getStatus().getMessage())
                .contains("admission webhook \"stack.pxc.cloud\" denied the request: shop." + zone
                        + " is held by namespace " + shop + " (Stack shop) since ");
        assertThat(foreign.getStatus().getMessage()).contains("namespace " + lab + " may not take other." + zone);
        assertThat(admin.resource(Objects.stack(lab, "shop", id + "-elsewhere")).create())
                .isNotNull();
    }

    @Test
    void aNameOutsideEveryZoneIsRefusedAndOneThatIsLookedAfterElsewhereIsNot() {
        var outside = Objects.ingress(shop, "outside", "www.elsewhere.example.net");

        assertThat(refusal(outside).getStatus().getMessage())
                .contains("www.elsewhere.example.net lies in no zone of this cloud (", zone, "pxc.cloud/dns: \"off\"");

        outside.getMetadata().setAnnotations(Map.of("pxc.cloud/dns", "off"));
        assertThat(admin.resource(outside).create()).isNotNull();
    }

    @Test
    void oneWithoutHostsIsNoneOfOurBusiness() {
        var bare = Objects.ingress(shop, "bare", "");
        bare.getSpec().getRules().getFirst().setHost(null);
        bare.getMetadata().setName(null);
        bare.getMetadata().setGenerateName("bare-");

        assertThat(admin.resource(bare).create().getMetadata().getName()).startsWith("bare-");
    }

    @Test
    void anAdmittedNameIsReservedForTheObjectAndFreeAgainIfItNeverComes() {
        // when
        var web = admin.resource(Objects.ingress(shop, "web", "a.shop." + zone)).create();

        // then
        var holder =
                ledger.holders(List.of("a.shop." + zone)).get("a.shop." + zone).holder();
        assertThat(holder)
                .isEqualTo(new Owner(
                        Owner.LOCAL, shop, "Ingress", "web", web.getMetadata().getUid()));
        assertThat(expiry("a.shop." + zone))
                .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(300));
    }

    @Test
    void aDryRunIsAnsweredAndReservesNothing() {
        // given
        admin.resource(Objects.ingress(shop, "web", "shop." + zone)).create();

        // when
        admin.resource(Objects.ingress(shop, "tried", "tried.shop." + zone))
                .dryRun()
                .create();
        var refusal = catchThrowableOfType(
                KubernetesClientException.class, () -> admin.resource(Objects.ingress(lab, "stolen", "shop." + zone))
                        .dryRun()
                        .create());

        // then
        assertThat(ledger.holders(List.of("tried.shop." + zone))).isEmpty();
        assertThat(refusal.getStatus().getMessage()).contains("shop." + zone + " is held by namespace " + shop);
    }

    @Test
    void whoIsRefusedOneNameKeepsNoneOfTheOthers() {
        admin.resource(Objects.ingress(shop, "web", "shop." + zone)).create();

        refusal(Objects.ingress(lab, "greedy", "free.lab." + zone, "shop." + zone));

        assertThat(ledger.holders(List.of("free.lab." + zone))).isEmpty();
    }

    @Test
    void everyNameThatCannotBeHadIsTold() {
        var refusal = refusal(Objects.ingress(lab, "wrong", "a.shop." + zone, "b.lab." + zone, "c.example.net"));

        assertThat(refusal.getStatus().getMessage())
                .contains("may not take a.shop." + zone, "c.example.net lies in no zone")
                .doesNotContain("b.lab." + zone);
    }

    @Test
    void onlyWhatIsNewInAnUpdateIsJudged() {
        // given
        admin.resource(Objects.ingress(lab, "web", "lab." + zone)).create();
        var web = admin.network().v1().ingresses().inNamespace(lab).withName("web");
        admin.resource(Objects.ingress(shop, "web", "shop." + zone)).create();

        // when
        admin.resource(admin.resources(DnsZone.class).withName(zone).get())
                .edit(it -> Objects.zone(zone, "- {namespaces: [nobody], names: [\"*\"]}"));

        // then
        assertThat(web.edit(AdmissionTest::labelled).getMetadata().getLabels()).containsKey("changed");
        var refusal = catchThrowableOfType(
                KubernetesClientException.class,
                () -> web.edit(it -> {
                    it.getSpec().getRules().getFirst().setHost("shop." + zone);
                    return it;
                }));
        assertThat(refusal.getStatus().getMessage())
                .contains("shop." + zone + " is held by namespace " + shop + " (Ingress web)")
                .endsWith("ask whoever keeps DnsZone " + zone + " to let this namespace claim names in it");
    }

    @Test
    void aNamespaceAndAZoneOfThisMomentCount() {
        for (var i = 0; i < 10; i++) {
            var name = id + "-" + i;
            admin.resource(Objects.namespace(name, Map.of("moment", name))).create();
            admin.resource(Objects.zone("z" + i + "." + zone, """
                    - {namespaceSelector: {matchLabels: {moment: %s}}, names: ["*"]}
                    """.formatted(name)))
                    .create();

            assertThat(admin.resource(Objects.ingress(name, "web", "web.z" + i + "." + zone))
                            .create())
                    .isNotNull();
        }
    }

    @Test
    void ofTwoThatCreateAtOnceExactlyOneGetsEachName() throws Exception {
        // given
        admin.resource(Objects.zone("free." + zone, "[]")).create();
        var names =
                IntStream.range(0, 40).mapToObj(i -> "n" + i + ".free." + zone).toList();

        // when
        var created = new ConcurrentLinkedQueue<String>();
        var refused = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var name : names) {
                for (var namespace : List.of(shop, lab)) {
                    threads.submit(() -> {
                        try {
                            admin.resource(Objects.ingress(namespace, name.split("[.]")[0], name))
                                    .create();
                            created.add(name);
                        } catch (KubernetesClientException e) {
                            refused.add(e.getMessage());
                        }
                    });
                }
            }
        }

        // then
        assertThat(created).containsExactlyInAnyOrderElementsOf(names);
        assertThat(refused).hasSameSizeAs(names).allMatch(message -> message.contains(" is held by namespace "));
    }

    @Test
    void theBundleIsWrittenAgainAtOnceWhenSomebodyTakesItAway() {
        // given
        var configurations = admin.admissionRegistration().v1().validatingWebhookConfigurations();
        var before = configurations.withName("pxc-admission-webhook").get();

        // when
        configurations.withName("pxc-admission-webhook").edit(it -> {
            it.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(null));
            return it;
        });

        // then
        await().atMost(Duration.ofSeconds(5)).until(Installed::bundleIsWritten);
        assertThat(configurations.withName("pxc-admission-webhook").get().getWebhooks())
                .isEqualTo(before.getWebhooks());
    }

    private static Ingress labelled(Ingress ingress) {
        ingress.getMetadata().setLabels(Map.of("changed", "true"));
        return ingress;
    }

    private Instant expiry(String fqdn) {
        try (var connection = Installed.database().dataSource().getConnection();
                var statement = connection.prepareStatement("SELECT expires_at FROM host_holder WHERE fqdn = ?")) {
            statement.setString(1, fqdn);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getTimestamp(1).toInstant();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private KubernetesClientException refusal(HasMetadata object) {
        return catchThrowableOfType(
                KubernetesClientException.class, () -> admin.resource(object).create());
    }
}
