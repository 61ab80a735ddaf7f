package cloud.pxc.operator.names;

import static org.assertj.core.api.Assertions.assertThat;

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
                .containsExactly(new NameStep.Remove(rrset("192.0.2.1")));
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
                        List.of(rrset("192.0.2.2"), rrset("192.0.2.1")), new RRKey(WWW, RecordType.A)));
    }

    @Test
    void objectsOfOneNamespaceAddTheirValues() {
        var wishes = ordered(WEB, a("192.0.2.1"), API, a("192.0.2.2"));

        var desire = Desire.of(wishes, TTL);

        assertThat(desire.refusals()).isEmpty();
        assertThat(desire.wanted().get(new RRKey(WWW, RecordType.A)).rrset())
                .isEqualTo(rrset("192.0.2.1", "192.0.2.2"));
    }

    @Test
    void anotherNamespaceIsToldWhoHoldsTheName() {
        var desire = Desire.of(ordered(WEB, a("192.0.2.1"), THIEF, a("192.0.2.66")), TTL);

        assertThat(desire.refusals()).hasEntrySatisfying(THIEF, message -> assertThat(message)
                .startsWith("www.example.org is held by namespace team-a (Ingress web)"));
        assertThat(desire.wanted().get(new RRKey(WWW, RecordType.A)).rrset()).isEqualTo(rrset("192.0.2.1"));
    }

    @Test
    void aCnameToleratesNothingBesideIt() {
        var cname = Wish.of(WWW, RecordType.CNAME, List.of("other.example.org."));

        assertThat(Desire.of(ordered(WEB, a("192.0.2.1"), API, cname), TTL).refusals())
                .containsOnlyKeys(API);
        assertThat(Desire.of(ordered(WEB, cname, API, a("192.0.2.1")), TTL).refusals())
                .containsOnlyKeys(API);
    }

    @Test
    void theTimeToLiveStaysWithinTheZonesBounds() {
        var wish = new Wish(WWW, RecordType.A, List.of("192.0.2.1"), Optional.of(5L));

        var desire = Desire.of(Map.of(WEB, List.of(wish)), TTL);

        assertThat(desire.wanted().get(wish.key()).rrset().ttl()).isEqualTo(30);
    }

    private static List<NameStep> plan(Map<Owner, List<Wish>> wishes, List<AppliedRecord> applied) {
        return NamePlanner.plan(Set.of(WWW), Desire.of(wishes, TTL).wanted(), applied, uid -> true);
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
