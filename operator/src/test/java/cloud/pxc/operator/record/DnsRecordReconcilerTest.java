package cloud.pxc.operator.record;

import static cloud.pxc.operator.TestZone.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestZone;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tenants write into zones, by the running operator and on two real name servers. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class DnsRecordReconcilerTest {

    World world;

    private KubernetesClient kubernetes;
    private TestZone zone;
    private String team;
    private String rivals;

    @BeforeEach
    void aZoneAndTwoNamespaces() {
        kubernetes = world.controlPlane().admin();
        zone = new TestZone(world).ready();
        team = namespace("team");
        rivals = namespace("rivals");
    }

    @Test
    void aRecordIsLiveOnBothServersAndSaysSinceWhen() {
        // when
        apply(team, "db", "db", "CNAME", "[db-1]", "ttl: 60");

        // then
        awaitReason(team, "db", "Live");
        zone.awaitValues("db", RecordType.CNAME, "db-1." + zone.name() + ".");
        var status = record(team, "db").get().getStatus();
        assertThat(status.accepted()).isTrue();
        assertThat(status.owner()).isEqualTo(team + "/DnsRecord/db");
        assertThat(status.zone()).isEqualTo(zone.name().text());
        assertThat(status.serial()).isPositive();
        assertThat(zone.lookup(world.secondary(), "db", RecordType.CNAME)
                        .orElseThrow()
                        .ttl())
                .isEqualTo(60);
    }

    @Test
    void aWildcardAndANameBelowItAreTwoRecords() {
        // when
        apply(team, "all", "*.apps", "A", "[192.0.2.1]", "");
        awaitReason(team, "all", "Live");
        apply(team, "one", "one.apps", "A", "[192.0.2.1]", "");
        awaitReason(team, "one", "Live");

        // then
        record(team, "all").delete();
        zone.awaitValues("two.apps", RecordType.A);
        zone.awaitValues("one.apps", RecordType.A, "192.0.2.1");
    }

    @Test
    void anotherNamespaceIsToldWhoHoldsTheNameAndGetsItOnceItIsFree() {
        // given
        apply(team, "shop", "shop", "A", "[192.0.2.1]", "");
        awaitReason(team, "shop", "Live");

        // when
        apply(rivals, "shop", "shop", "A", "[192.0.2.66]", "");

        // then
        assertThat(awaitReason(rivals, "shop", "NameDenied"))
                .contains("shop." + zone.name() + " is held by namespace " + team + " (DnsRecord shop)");
        zone.awaitValues("shop", RecordType.A, "192.0.2.1");

        record(team, "shop").delete();
        awaitReason(rivals, "shop", "Live");
        zone.awaitValues("shop", RecordType.A, "192.0.2.66");
    }

    @Test
    void aNameThatTheZoneDoesNotGiveToTheNamespaceIsDeniedWithThoseItGives() {
        // given
        zone.ready("claims: [{namespaces: [" + team + "], names: [\"*.lab\"]}]");

        // when
        apply(team, "out", "shop", "A", "[192.0.2.1]", "");
        apply(team, "in", "x.lab", "A", "[192.0.2.1]", "");

        // then
        assertThat(awaitReason(team, "out", "NameDenied")).contains("*.lab." + zone.name());
        awaitReason(team, "in", "Live");

        zone.ready();
        awaitReason(team, "out", "Live");
    }

    @Test
    void whatSomebodyElseWroteStaysUntilHeRemovesIt() {
        // given
        zone.updateByHand(new Change.Put(zone.rrset("printer", RecordType.TXT, 60, "\"by hand\"")));

        // when
        apply(team, "printer", "printer", "CNAME", "[elsewhere.test.]", "");

        // then
        assertThat(awaitReason(team, "printer", "NameDenied")).contains("did not write (TXT \"by hand\")");
        zone.updateByHand(new Change.Delete(zone.name("printer"), RecordType.TXT));
        awaitReason(team, "printer", "Live");
    }

    @Test
    void aCollisionHoldsUpNobodyElse() {
        // given
        zone.updateByHand(new Change.Put(zone.rrset("taken", RecordType.A, 60, "192.0.2.99")));
        apply(rivals, "taken", "taken", "A", "[192.0.2.1]", "");
        awaitReason(rivals, "taken", "NameDenied");

        // when
        apply(team, "free", "free", "A", "[192.0.2.2]", "");

        // then
        await().atMost(java.time.Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(reason(team, "free")).isEqualTo("Live"));
    }

    @Test
    void aCnameToleratesNothingBesideItAndIsToldSo() {
        // given
        apply(team, "address", "web", "A", "[192.0.2.1]", "");
        awaitReason(team, "address", "Live");

        // when
        apply(team, "alias", "web", "CNAME", "[elsewhere.test.]", "");

        // then
        assertThat(awaitReason(team, "alias", "NameDenied")).contains("a CNAME tolerates nothing beside it");
        record(team, "address").delete();
        awaitReason(team, "alias", "Live");
        zone.awaitValues("web", RecordType.CNAME, "elsewhere.test.");
    }

    @Test
    void theLongestZoneHasTheName() {
        // given
        var child = new TestZone(world, Fqdn.of("sub." + zone.name())).ready("deletionPolicy: Delete");

        // when
        apply(team, "x", "x.sub", "A", "[192.0.2.1]", "");
        awaitReason(team, "x", "Live");

        // then
        assertThat(record(team, "x").get().getStatus().zone())
                .isEqualTo(child.name().text());
        child.awaitValues("x", RecordType.A, "192.0.2.1");

        child.delete();
        child.awaitGone();
        zone.awaitValues("x.sub", RecordType.A, "192.0.2.1");
    }

    @Test
    void aDeletedRecordIsGoneAndLeavesNothingElseBehind() {
        // given
        apply(team, "a", "shared", "A", "[192.0.2.1]", "");
        apply(team, "b", "shared", "A", "[192.0.2.2]", "");
        zone.awaitValues("shared", RecordType.A, "192.0.2.1", "192.0.2.2");

        // when
        record(team, "a").delete();

        // then
        zone.awaitValues("shared", RecordType.A, "192.0.2.2");
        await().atMost(SOON).until(() -> record(team, "a").get() == null);
    }

    @Test
    void aDeletionWaitsForTheServerAndSaysSoUnlessItIsForced() {
        // given
        apply(team, "stays", "stays", "A", "[192.0.2.1]", "");
        apply(team, "forced", "forced", "A", "[192.0.2.1]", "");
        awaitReason(team, "stays", "Live");
        awaitReason(team, "forced", "Live");
        world.primary().stop();
        try {
            // when
            record(team, "stays").delete();
            record(team, "forced").delete();

            // then
            assertThat(awaitReason(team, "stays", "Deleting"))
                    .contains("stays." + zone.name() + " is not removed yet", "does not answer", "force-delete");
            TestZone.annotate(record(team, "forced"), "pxc.cloud/force-delete", "true");
            await().atMost(SOON).until(() -> record(team, "forced").get() == null);
        } finally {
            world.primary().start();
        }
        await().atMost(SOON).until(() -> record(team, "stays").get() == null);
        zone.awaitValues("stays", RecordType.A);
    }

    @Test
    void withoutTheLedgerNothingIsTakenAndNothingIsLost() {
        // given
        apply(team, "before", "before", "A", "[192.0.2.1]", "");
        awaitReason(team, "before", "Live");
        world.database().stop();
        try {
            // when
            apply(team, "during", "during", "A", "[192.0.2.2]", "");

            // then
            awaitReason(team, "during", "LedgerUnavailable");
            zone.awaitValues("before", RecordType.A, "192.0.2.1");
            zone.awaitValues("during", RecordType.A);
        } finally {
            world.database().start();
        }
        awaitReason(team, "during", "Live");
        zone.awaitValues("during", RecordType.A, "192.0.2.2");
    }

    @Test
    void aPausedRecordIsLeftAlone() {
        // given
        apply(team, "web", "web", "A", "[192.0.2.1]", "");
        awaitReason(team, "web", "Live");
        annotate("true");
        awaitReason(team, "web", "Paused");

        // when
        apply(team, "web", "web", "A", "[192.0.2.2]", "");
        awaitReason(team, "web", "Paused");

        // then
        zone.awaitValues("web", RecordType.A, "192.0.2.1");
        annotate("false");
        awaitReason(team, "web", "Live");
        zone.awaitValues("web", RecordType.A, "192.0.2.2");
    }

    private void annotate(String paused) {
        TestZone.annotate(record(team, "web"), "pxc.cloud/paused", paused);
    }

    private String namespace(String prefix) {
        var name = TestZone.random(prefix + "-");
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    private void apply(String namespace, String name, String label, String type, String values, String more) {
        kubernetes
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: pxc.cloud/v1alpha1
                        kind: DnsRecord
                        metadata: {name: %s, namespace: %s}
                        spec:
                          fqdn: "%s"
                          type: %s
                          values: %s
                          %s
                        """.formatted(name, namespace, zone.name(label), type, values, more), DnsRecord.class))
                .forceConflicts()
                .serverSideApply();
    }

    private Resource<DnsRecord> record(String namespace, String name) {
        return kubernetes.resources(DnsRecord.class).inNamespace(namespace).withName(name);
    }

    /** @return the message, once that is the reason, of the generation there is now */
    private String awaitReason(String namespace, String name, String reason) {
        await().atMost(SOON).untilAsserted(() -> assertThat(reason(namespace, name))
                .as(message(namespace, name))
                .isEqualTo(reason));
        return message(namespace, name);
    }

    private String reason(String namespace, String name) {
        var record = record(namespace, name).get();
        if (record.getStatus() == null
                || !record.getMetadata()
                        .getGeneration()
                        .equals(record.getStatus().observedGeneration())) {
            return "not looked at";
        }
        return Conditions.find(record.getStatus().conditions(), Conditions.READY)
                .orElseThrow()
                .getReason();
    }

    private String message(String namespace, String name) {
        var status = record(namespace, name).get().getStatus();
        return status == null
                ? ""
                : Conditions.find(status.conditions(), Conditions.READY)
                        .orElseThrow()
                        .getMessage();
    }
}
