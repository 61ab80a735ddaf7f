package cloud.pxc.operator.zone;

import static cloud.pxc.operator.TestZone.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.ControlChannel;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestZone;
import cloud.pxc.world.NameServer;
import cloud.pxc.world.World;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Zones on two real name servers, by the running operator. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class DnsZoneReconcilerTest {

    World world;

    private TestZone zone;

    @BeforeEach
    void aZoneOfItsOwn() {
        zone = new TestZone(world);
    }

    @Test
    void aZoneIsServedByBothServersWithItsNameServersAndItsOwnRecords() {
        // when
        zone.ready("""
                ttl: {default: 120, min: 60, max: 3600}
                soa: {contact: dns@example.org}
                records:
                  - {name: "@", type: MX, values: ["10 mail"]}
                  - {name: mail, type: A, values: [192.0.2.25], ttl: 5}
                  - {name: "*.apps", type: A, values: [192.0.2.80]}
                """);

        // then
        zone.awaitValues("@", RecordType.NS, "ns1." + zone.name() + ".", "ns2." + zone.name() + ".");
        zone.awaitValues("ns1", RecordType.A, "127.0.0.1");
        zone.awaitValues("ns2", RecordType.A, "127.0.0.1");
        zone.awaitValues("@", RecordType.MX, "10 mail." + zone.name() + ".");
        zone.awaitValues("anything.apps", RecordType.A, "192.0.2.80");
        assertThat(zone.lookup(world.secondary(), "mail", RecordType.A))
                .contains(zone.rrset("mail", RecordType.A, 60, "192.0.2.25"));
        assertThat(zone.lookup(world.secondary(), "@", RecordType.SOA)
                        .orElseThrow()
                        .values()
                        .getFirst())
                .startsWith("ns1." + zone.name() + ". dns.example.org. ");
        assertThat(zone.status().servers()).isEqualTo("2/2");
        assertThat(zone.status().records()).isEqualTo(6);
        assertThat(zone.condition().orElseThrow().getMessage())
                .isEqualTo("zone " + zone.name() + " is served by all 2 name servers");
    }

    @Test
    void aChangedSpecChangesTheRecordsAndNothingElse() {
        // given
        zone.ready("records: [{name: a, type: A, values: [192.0.2.1]}, {name: b, type: A, values: [192.0.2.2]}]");
        zone.updateByHand(new Change.Put(zone.rrset("hand", RecordType.A, 60, "192.0.2.99")));

        // when
        zone.ready("records: [{name: a, type: CNAME, values: [c]}]");

        // then
        zone.awaitValues("a", RecordType.CNAME, "c." + zone.name() + ".");
        zone.awaitValues("b", RecordType.A);
        zone.awaitValues("hand", RecordType.A, "192.0.2.99");
    }

    @Test
    void whatSomebodyElseWroteIsToldOfAndNotOverwritten() {
        // given
        zone.ready();
        zone.updateByHand(new Change.Put(zone.rrset("www", RecordType.A, 60, "192.0.2.99")));

        // when
        zone.apply("records: [{name: www, type: A, values: [192.0.2.1]}, {name: ok, type: A, values: [192.0.2.2]}]");

        // then
        assertThat(zone.awaitReason("RecordRefused"))
                .contains("www." + zone.name() + " has records", "did not write (A 192.0.2.99)", "remove them there");
        zone.awaitValues("www", RecordType.A, "192.0.2.99");
        zone.awaitValues("ok", RecordType.A, "192.0.2.2");
    }

    @Test
    void whatSomebodyChangesByHandIsPutBackAndCounted() {
        // given
        zone.ready("records: [{name: www, type: A, values: [192.0.2.1]}, {name: db, type: A, values: [192.0.2.2]}]");

        // when
        zone.updateByHand(
                new Change.Put(zone.rrset("www", RecordType.A, 60, "192.0.2.66")),
                new Change.Delete(zone.name("db"), RecordType.A),
                new Change.Put(zone.rrset("hand", RecordType.A, 60, "192.0.2.99")));

        // then
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
        zone.awaitValues("db", RecordType.A, "192.0.2.2");
        zone.awaitValues("hand", RecordType.A, "192.0.2.99");
        await().atMost(SOON).until(() -> zone.status().drift(), Integer.valueOf(2)::equals);
    }

    @Test
    void aWrongKeyIsToldWithItsRemedyAndMendedAtOnce() {
        // given
        zone.secret(zone.key("update"), world.primary().updateKey().withOtherSecret());

        // when
        zone.apply("records: [{name: www, type: A, values: [192.0.2.1]}]");

        // then
        assertThat(zone.awaitReason("KeyRefused")).contains("key pxc-update", "correct the Secret it comes from");
        zone.secret(zone.key("update"), world.primary().updateKey());
        zone.awaitReady();
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
    }

    @Test
    void aMissingSecretIsNamed() {
        // given
        world.controlPlane()
                .admin()
                .secrets()
                .inNamespace("pxc-system")
                .withName(zone.key("transfer"))
                .delete();

        // when
        zone.apply();

        // then
        assertThat(zone.awaitReason("SecretMissing"))
                .contains("Secret pxc-system/" + zone.key("transfer") + " does not exist; create it");
        zone.secret(zone.key("transfer"), world.primary().transferKey());
        zone.awaitReady();
    }

    @Test
    void aPrimaryThatIsAwayIsToldOfAndWhatWasWishedMeanwhileArrivesOnceItIsBack() {
        // given
        zone.ready();
        world.primary().kill();
        try {
            // when
            zone.apply("records: [{name: late, type: A, values: [192.0.2.1]}]");

            // then
            assertThat(zone.awaitReason("ServerUnreachable"))
                    .contains("127.0.0.1:" + world.primary().port());
        } finally {
            world.primary().start();
        }
        zone.awaitReady();
        zone.awaitValues("late", RecordType.A, "192.0.2.1");
    }

    @Test
    void nothingIsLiveBeforeTheLastServerAnswersIt() {
        // given
        zone.ready();
        world.secondary().stop();
        try {
            // when
            zone.apply("records: [{name: late, type: A, values: [192.0.2.1]}]");

            // then
            assertThat(zone.awaitReason("SecondaryBehind"))
                    .contains("127.0.0.1:" + world.secondary().port());
            await().atMost(SOON).until(() -> zone.lookup(world.primary(), "late", RecordType.A)
                    .isPresent());
            assertThat(zone.status().servers()).isEqualTo("1/2");
        } finally {
            world.secondary().start();
        }
        zone.awaitReady();
        zone.awaitValues("late", RecordType.A, "192.0.2.1");
    }

    @Test
    void aSecondaryThatLostEverythingGetsTheZoneAgain() {
        // given
        zone.ready("records: [{name: www, type: A, values: [192.0.2.1]}]");

        // when
        control(world.secondary()).remove(zone.name());

        // then
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
    }

    @Test
    void aPrimaryThatLostTheZoneGetsItAgainWithEverythingInIt() {
        // given
        zone.ready("records: [{name: www, type: A, values: [192.0.2.1]}]");

        // when
        control(world.primary()).remove(zone.name());

        // then
        await().atMost(SOON)
                .until(() -> zone.lookup(world.primary(), "www", RecordType.A).isPresent());
        zone.awaitReady();
    }

    @Test
    void aZoneIsRetainedUnlessItIsToBeDeletedAndFoundAgain() {
        // given
        zone.ready("records: [{name: www, type: A, values: [192.0.2.1]}]");

        // when
        zone.delete();
        zone.awaitGone();

        // then
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
        zone.ready("records: [{name: www, type: A, values: [192.0.2.2]}]", "deletionPolicy: Delete");
        zone.awaitValues("www", RecordType.A, "192.0.2.2");

        zone.delete();
        zone.awaitGone();
        assertThat(zone.isServedBy(world.primary())).isFalse();
        assertThat(zone.isServedBy(world.secondary())).isFalse();
    }

    @Test
    void aZoneThatSomebodyElseMadeIsFilledAndItsOwnRecordsAreLeftAlone() throws IOException {
        // given
        makeForeign();

        // when
        zone.ready("records: [{name: www, type: A, values: [192.0.2.1]}]", "deletionPolicy: Delete");

        // then
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
        zone.awaitValues("ns1", RecordType.A, "127.0.0.9");

        zone.delete();
        zone.awaitGone();
        assertThat(zone.isServedBy(world.secondary())).isFalse();
        assertThat(zone.lookup(world.primary(), "ns1", RecordType.A)).isPresent();
        assertThat(zone.lookup(world.primary(), "www", RecordType.A)).isEmpty();
    }

    @Test
    void aReverseZoneIsServedBesideItsZone() {
        // given
        var reverse = new TestZone(world, Fqdn.of(TestZone.random("") + ".in-addr.arpa"));

        // when
        zone.ready("reverse: {zones: [" + reverse.name() + "]}", "deletionPolicy: Delete");

        // then
        reverse.awaitValues("@", RecordType.NS, "ns1." + zone.name() + ".", "ns2." + zone.name() + ".");

        reverse.updateByHand(new Change.Put(reverse.rrset("@", RecordType.NS, 60, "elsewhere.test.")));
        reverse.awaitValues("@", RecordType.NS, "ns1." + zone.name() + ".", "ns2." + zone.name() + ".");

        zone.delete();
        zone.awaitGone();
        assertThat(reverse.isServedBy(world.primary())).isFalse();
    }

    @Test
    void aPausedZoneIsLeftAloneAndSaysSo() {
        // given
        zone.ready();
        annotate("pxc.cloud/paused", "true");
        zone.awaitReason("Paused");

        // when
        zone.apply("records: [{name: www, type: A, values: [192.0.2.1]}]");
        zone.awaitReason("Paused");

        // then
        assertThat(zone.lookup(world.primary(), "www", RecordType.A)).isEmpty();
        annotate("pxc.cloud/paused", null);
        zone.awaitReady();
        zone.awaitValues("www", RecordType.A, "192.0.2.1");
    }

    /** As an administrator does it: a zone file, and the zone in the server's configuration. */
    private void makeForeign() throws IOException {
        var folder = world.primary().log().getParent();
        Files.writeString(folder.resolve("hand-" + zone.name() + ".db"), """
                $TTL 60
                @ IN SOA ns1 hostmaster 1 60 10 86400 60
                @ IN NS ns1
                ns1 IN A 127.0.0.9
                """);
        try (var channel = ControlChannel.open(
                new ServerAddress(world.primary().address(), world.primary().controlPort()),
                TestZone.tsig(world.primary().controlKey()),
                Duration.ofSeconds(5),
                Clock.systemUTC())) {
            channel.call("addzone " + zone.name() + " { type primary; file \"hand-" + zone.name()
                    + ".db\"; update-policy { grant \""
                    + world.primary().updateKey().name()
                    + "\" zonesub ANY; }; allow-transfer { key \""
                    + world.primary().transferKey().name() + "\"; key \""
                    + world.primary().updateKey().name() + "\"; }; };");
        }
    }

    private static ZoneServer control(NameServer server) {
        return new ZoneServer(
                new ServerAddress(server.address(), server.controlPort()),
                TestZone.tsig(server.controlKey()),
                Duration.ofSeconds(5),
                Clock.systemUTC(),
                RandomGenerator.getDefault());
    }

    private void annotate(String key, String value) {
        TestZone.annotate(
                world.controlPlane()
                        .admin()
                        .resources(DnsZone.class)
                        .withName(zone.name().text()),
                key,
                value);
    }
}
