package cloud.pxc.operator.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamePlannerTest {

    private static final Fqdn ZONE = Fqdn.of("example.org");
    private static final Fqdn WWW = Fqdn.of("www.example.org");
    private static final ServedZone.TtlBounds TTL = new ServedZone.TtlBounds(300, 30, 86400);
    private static final Owner WEB = owner("team-a", "web");
    private static final Owner API = owner("team-a", "api");
    private static final Owner THIEF = owner("team-b", "thief");

    @Test
    void aNewNameIsCreated() {
        var steps = plan(Map.of(WEB, List.of(a("192.0.2.1"))), List.of());

        assertThat(steps).containsExactly(new NameStep.Create(rrset("192.0.2.1"), List.of(WEB.uid())));
    }

    @Test
    void whatIsThereAsWantedIsKept() {
        var steps = plan(Map.of(WEB, List.of(a("192.0.2.1"))), List.of(applied(WEB, "192.0.2.1")));

        assertThat(steps).containsExactly(new NameStep.Keep(rrset("192.0.2.1"), List.of(WEB.uid()), 7));
    }

    @Test
    void anotherValueIsAChangeOfWhatWasWritten() {
        var steps = plan(Map.of(WEB, List.of(a("192.0.2.2"))), List.of(applied(WEB, "192.0.2.1")));

        assertThat(steps)
                .containsExactly(new NameStep.Change(rrset("192.0.2.1"), rrset("192.0.2.2"), List.of(WEB.uid())));
    }

    @Test
    void whatNobodyWantsGoesOnceItsOwnerHasBeenHeard() {
        var written = List.of(applied(WEB, "192.0.2.1"));

        assertThat(NamePlanner.plan(Set.of(WWW), Map.of(), written, uid -> true))
                .containsExactly(new NameStep.Remove(rrset("192.0.2.1"), List.of(WEB.uid())));
        assertThat(NamePlanner.plan(Set.of(WWW), Map.of(), written, uid -> false))
                .isEmpty();
    }

    @Test
    void afterAWriteOfUnknownOutcomeTheServerIsAsked() {
        var pending = new AppliedRecord(
                "example.org",
                WWW.text(),
                "A",
                300,
                List.of("192.0.2.2"),
                Optional.of(List.of("192.0.2.1")),
                List.of(WEB.uid()),
                AppliedRecord.State.PENDING,
                Optional.empty());

        var steps = plan(Map.of(WEB, List.of(a("192.0.2.2"))), List.of(pending));

        assertThat(steps)
                .containsExactly(new NameStep.Recover(
                        List.of(rrset("192.0.2.2"), rrset("192.0.2.1")),
                        List.of(WEB.uid()),
                        new RRKey(WWW, RecordType.A)));
    }

    @Test
    void objectsOfOneNamespaceAddTheirValues() {
        var wishes = ordered(WEB, a("192.0.2.1"), API, a("192.0.2.2"));

        var desire = Desire.of(ZONE, wishes, TTL);

        assertThat(desire.refusals()).isEmpty();
        assertThat(desire.wanted().get(new RRKey(WWW, RecordType.A)).rrset())
                .isEqualTo(rrset("192.0.2.1", "192.0.2.2"));
    }

    @Test
    void anotherNamespaceIsToldWhoHoldsTheName() {
        var desire = Desire.of(ZONE, ordered(WEB, a("192.0.2.1"), THIEF, a("192.0.2.66")), TTL);

        assertThat(desire.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.owner()).isEqualTo(THIEF);
            assertThat(refusal.message()).startsWith("www.example.org is held by namespace team-a (Ingress web)");
        });
        assertThat(desire.wanted().get(new RRKey(WWW, RecordType.A)).rrset()).isEqualTo(rrset("192.0.2.1"));
    }

    @Test
    void aCnameToleratesNothingBesideIt() {
        var cname = Wish.of(WWW, RecordType.CNAME, List.of("other.example.org."));

        assertThat(Desire.of(ZONE, ordered(WEB, a("192.0.2.1"), API, cname), TTL)
                        .refusals())
                .extracting(Desire.Refusal::owner)
                .containsExactly(API);
        assertThat(Desire.of(ZONE, ordered(WEB, cname, API, a("192.0.2.1")), TTL)
                        .refusals())
                .extracting(Desire.Refusal::owner)
                .containsExactly(API);
    }

    @Test
    void aZoneCanNotBeACnameItself() {
        var apex = Wish.of(ZONE, RecordType.CNAME, List.of("elsewhere.test."));

        assertThat(Desire.of(ZONE, Map.of(WEB, List.of(apex)), TTL).refusals())
                .extracting(Desire.Refusal::message)
                .containsExactly("example.org is a zone, whose own name can't be a CNAME; point it to addresses");
    }

    @Test
    void theZoneSharesItsNamesButNotItsRRsets() {
        var zone = new Owner(Owner.LOCAL, "", "DnsZone", "example.org", "uid-zone");
        var mail = Wish.of(WWW, RecordType.MX, List.of("10 mail.example.org."));

        assertThat(Desire.of(ZONE, ordered(zone, mail, WEB, a("192.0.2.1")), TTL)
                        .refusals())
                .isEmpty();
        assertThat(Desire.of(ZONE, ordered(zone, mail, WEB, mail), TTL).refusals())
                .extracting(Desire.Refusal::message)
                .containsExactly("www.example.org is held by the platform (DnsZone example.org); ask its owner, or"
                        + " choose another name");
    }

    @Test
    void wishesOfOneOwnerForOneSetAddUp() {
        var desire = Desire.of(ZONE, Map.of(WEB, List.of(a("192.0.2.1"), a("192.0.2.2"))), TTL);

        assertThat(desire.wanted().get(new RRKey(WWW, RecordType.A)))
                .isEqualTo(new Desire.Wanted(rrset("192.0.2.1", "192.0.2.2"), List.of(WEB.uid())));
    }

    @Test
    void nothingGoesOfAnObjectThatHasNotBeenHeardYet() {
        var shared = new AppliedRecord(
                "example.org",
                WWW.text(),
                "A",
                300,
                List.of("192.0.2.1", "192.0.2.2"),
                Optional.empty(),
                List.of(API.uid(), WEB.uid()),
                AppliedRecord.State.APPLIED,
                Optional.of(7L));
        var wanted = Desire.of(ZONE, Map.of(WEB, List.of(a("192.0.2.3"))), TTL).wanted();

        assertThat(NamePlanner.plan(Set.of(WWW), wanted, List.of(shared), uid -> uid.equals(WEB.uid())))
                .containsExactly(new NameStep.Change(
                        rrset("192.0.2.1", "192.0.2.2"),
                        rrset("192.0.2.1", "192.0.2.2", "192.0.2.3"),
                        List.of(API.uid(), WEB.uid())));
        assertThat(NamePlanner.plan(Set.of(WWW), wanted, List.of(shared), uid -> true))
                .containsExactly(
                        new NameStep.Change(rrset("192.0.2.1", "192.0.2.2"), rrset("192.0.2.3"), List.of(WEB.uid())));
    }

    @Test
    void aWishThatNoRecordCanSayIsNoWish() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wish.of(WWW, RecordType.A, List.of("192.0.2.999")))
                .withMessageContaining("\"192.0.2.999\" is no value of type A");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wish.of(WWW, RecordType.CNAME, List.of("a.test.", "b.test.")))
                .withMessageContaining("a CNAME of one name only");
    }

    @Test
    void theTimeToLiveStaysWithinTheZonesBounds() {
        var wish = new Wish(WWW, RecordType.A, List.of("192.0.2.1"), Optional.of(5L));

        var desire = Desire.of(ZONE, Map.of(WEB, List.of(wish)), TTL);

        assertThat(desire.wanted().get(wish.key()).rrset().ttl()).isEqualTo(30);
    }

    private static List<NameStep> plan(Map<Owner, List<Wish>> wishes, List<AppliedRecord> applied) {
        return NamePlanner.plan(Set.of(WWW), Desire.of(ZONE, wishes, TTL).wanted(), applied, uid -> true);
    }

    private static Map<Owner, List<Wish>> ordered(Owner one, Wish ones, Owner other, Wish others) {
        var wishes = new LinkedHashMap<Owner, List<Wish>>();
        wishes.put(one, List.of(ones));
        wishes.put(other, List.of(others));
        return wishes;
    }

    private static Wish a(String address) {
        return Wish.of(WWW, RecordType.A, List.of(address));
    }

    private static RRset rrset(String... addresses) {
        return RRset.of(WWW, RecordType.A, 300, List.of(addresses));
    }

    private static AppliedRecord applied(Owner owner, String address) {
        return new AppliedRecord(
                "example.org",
                WWW.text(),
                "A",
                300,
                List.of(address),
                Optional.empty(),
                List.of(owner.uid()),
                AppliedRecord.State.APPLIED,
                Optional.of(7L));
    }

    private static Owner owner(String namespace, String name) {
        return new Owner(Owner.LOCAL, namespace, "Ingress", name, "uid-" + name);
    }
}
