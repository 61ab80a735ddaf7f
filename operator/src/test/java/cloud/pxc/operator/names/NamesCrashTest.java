package cloud.pxc.operator.names;

import static cloud.pxc.operator.TestZone.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.ZoneConfiguration;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestZone;
import cloud.pxc.operator.names.MortalRecords.Death;
import cloud.pxc.world.World;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Killed between any two steps of writing a name, the next process finds what is there and finishes it. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class NamesCrashTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final ServedZone.TtlBounds TTL = new ServedZone.TtlBounds(300, 30, 86_400);

    World world;

    @Inject
    AppliedRecords ledger;

    private Fqdn zone;
    private Fqdn www;
    private Owner web;
    private MortalRecords mortal;
    private Names first;
    private Names second;

    @BeforeEach
    void aZoneThatNoObjectDeclares() {
        zone = Fqdn.of(TestZone.random("crash") + ".test");
        www = zone.child("www");
        web = new Owner(Owner.LOCAL, "team", "Test", "web", TestZone.random("uid-"));
        create();
        mortal = new MortalRecords(ledger);
        first = new Names(mortal, CLOCK);
        second = new Names(ledger, CLOCK);
        first.serve(served());
    }

    @AfterEach
    void stop() {
        first.stop();
        second.stop();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
    void aNewNameArrives(Death death) {
        // given
        mortal.dieAt(death);
        first.publish(web, List.of(a("192.0.2.1")));
        awaitDeath();

        // when
        second.serve(served());
        second.publish(web, List.of(a("192.0.2.1")));

        // then
        awaitLive(second);
        assertThat(values(RecordType.A)).containsExactly("192.0.2.1");
        assertSettled(RecordType.A, "192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
    void aChangeArrives(Death death) {
        // given
        live("192.0.2.1");
        mortal.dieAt(death);
        first.publish(web, List.of(a("192.0.2.2")));
        awaitDeath();

        // when
        second.serve(served());
        second.publish(web, List.of(a("192.0.2.2")));

        // then
        awaitLive(second);
        assertThat(values(RecordType.A)).containsExactly("192.0.2.2");
        assertSettled(RecordType.A, "192.0.2.2");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
    void anotherChangeOfMindMeanwhileArrives(Death death) {
        // given
        live("192.0.2.1");
        mortal.dieAt(death);
        first.publish(web, List.of(a("192.0.2.2")));
        awaitDeath();

        // when
        second.serve(served());
        second.publish(web, List.of(Wish.of(www, RecordType.CNAME, List.of("elsewhere.test."))));

        // then
        awaitLive(second);
        assertThat(values(RecordType.A)).isEmpty();
        assertThat(values(RecordType.CNAME)).containsExactly("elsewhere.test.");
        assertThat(ledger.at(zone.text(), List.of(www.text()))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
    void aNameThatNobodyWantsAnyMoreGoes(Death death) {
        // given
        live("192.0.2.1");
        mortal.dieAt(death);
        first.withdraw(web);
        awaitDeath();

        // when
        second.serve(served());
        second.withdraw(web);

        // then
        await().atMost(SOON).until(() -> second.isWithdrawn(web));
        assertThat(values(RecordType.A)).isEmpty();
        assertThat(ledger.at(zone.text(), List.of(www.text()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NEVER")
    void whatWasDeletedWhileNobodyLookedGoesOnceThatIsKnownAndNotBefore(Death death) {
        // given
        live("192.0.2.1");
        mortal.dieAt(death);
        first.publish(web, List.of(a("192.0.2.2")));
        awaitDeath();
        var other = new Owner(Owner.LOCAL, "team", "Test", "other", TestZone.random("uid-"));

        // when
        second.serve(served());
        second.publish(other, List.of(Wish.of(zone.child("other"), RecordType.A, List.of("192.0.2.9"))));
        await().atMost(SOON).until(() -> second.publication(other) instanceof Publication.Live);

        // then
        assertThat(values(RecordType.A)).hasSize(1);
        second.sweep(Set.of(other.uid()));
        await().atMost(SOON).until(() -> values(RecordType.A).isEmpty());
        await().atMost(SOON)
                .until(() -> ledger.at(zone.text(), List.of(www.text())).isEmpty());
    }

    @Test
    void whatSomebodyWroteBetweenTheIntentAndTheNextProcessIsNotOverwritten() {
        // given
        mortal.dieAt(Death.AFTER_THE_INTENT);
        first.publish(web, List.of(a("192.0.2.1")));
        awaitDeath();
        byHand(new ZoneUpdate.Change.Put(rrset("192.0.2.99")));

        // when
        second.serve(served());
        second.publish(web, List.of(a("192.0.2.1")));

        // then
        await().atMost(SOON).until(() -> second.publication(web) instanceof Publication.Refused);
        assertThat(values(RecordType.A)).containsExactly("192.0.2.99");
    }

    @Test
    void aNameUnderAWildcardIsNotTakenForWrittenBecauseItAnswers() {
        // given
        mortal.dieAt(Death.AFTER_THE_INTENT);
        first.publish(web, List.of(a("192.0.2.1")));
        awaitDeath();
        byHand(new ZoneUpdate.Change.Put(RRset.of(zone.child("*"), RecordType.A, 300, List.of("192.0.2.1"))));

        // when
        second.serve(served());
        second.publish(web, List.of(a("192.0.2.1")));
        awaitLive(second);

        // then
        byHand(new ZoneUpdate.Change.Delete(zone.child("*"), RecordType.A));
        assertThat(values(RecordType.A)).containsExactly("192.0.2.1");
    }

    @Test
    void aRemovedNameLeavesWhatSomebodyHasAddedToIt() {
        // given
        live("192.0.2.1");
        byHand(new ZoneUpdate.Change.Put(rrset("192.0.2.1", "192.0.2.99")));

        // when
        first.withdraw(web);

        // then
        await().atMost(SOON).until(() -> first.isWithdrawn(web));
        assertThat(values(RecordType.A)).containsExactly("192.0.2.99");
    }

    private void live(String address) {
        first.publish(web, List.of(a(address)));
        awaitLive(first);
    }

    private void awaitLive(Names names) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(names.publication(web)).isInstanceOf(Publication.Live.class));
    }

    private void awaitDeath() {
        await().atMost(SOON).until(mortal::isDead);
        first.stop();
    }

    private void assertSettled(RecordType type, String value) {
        assertThat(ledger.at(zone.text(), List.of(www.text()))).singleElement().satisfies(record -> {
            assertThat(record.type()).isEqualTo(type.name());
            assertThat(record.state()).isEqualTo(AppliedRecord.State.APPLIED);
            assertThat(record.values()).containsExactly(value);
            assertThat(record.owners()).containsExactly(web.uid());
        });
    }

    private Wish a(String address) {
        return Wish.of(www, RecordType.A, List.of(address));
    }

    private RRset rrset(String... addresses) {
        return RRset.of(www, RecordType.A, 300, List.of(addresses));
    }

    private List<String> values(RecordType type) {
        return TestZone.client(world.primary())
                .lookup(www, type)
                .map(RRset::values)
                .orElse(List.of());
    }

    private void byHand(ZoneUpdate.Change change) {
        TestZone.client(world.primary())
                .update(
                        new ZoneUpdate(zone, List.of(), List.of(change)),
                        TestZone.tsig(world.primary().updateKey()));
    }

    private ServedZone served() {
        return new ServedZone(
                zone,
                TestZone.client(world.primary()),
                TestZone.tsig(world.primary().updateKey()),
                List.of(),
                TTL);
    }

    private void create() {
        var ns = zone.child("ns1");
        new ZoneServer(
                        new ServerAddress(
                                world.primary().address(), world.primary().controlPort()),
                        TestZone.tsig(world.primary().controlKey()),
                        Duration.ofSeconds(5),
                        CLOCK,
                        RandomGenerator.getDefault())
                .createPrimary(
                        new ZoneConfiguration(
                                zone,
                                new ZoneConfiguration.Soa(ns, zone.child("hostmaster"), 60, 10, 86_400, 60, 300),
                                List.of(
                                        RRset.of(zone, RecordType.NS, 300, List.of(ns + ".")),
                                        RRset.of(ns, RecordType.A, 300, List.of("127.0.0.1"))),
                                TestZone.tsig(world.primary().updateKey()),
                                TestZone.tsig(world.primary().transferKey()),
                                Optional.empty()),
                        List.of(),
                        ZoneServer.SeedAddress.AUTOMATIC);
    }
}
