package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.zone.ClaimDenial;
import cloud.pxc.ledger.ClaimOutcome.HeldBy;
import cloud.pxc.ledger.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionPlannerTest {

    private static final Owner WEB = new Owner(Owner.LOCAL, "team-a", "Ingress", "web", "1");
    private static final Owner OTHER = new Owner(Owner.LOCAL, "team-b", "Ingress", "other", "2");
    private static final ClaimDenial DENIAL = new ClaimDenial(
            "team-a",
            Map.of(),
            List.of(Objects.zone("example.org", "- {namespaces: [team-a], names: [\"a\", \"*.a\"]}")));

    @Test
    void whatTheZonesAllowIsReserved() {
        assertThat(plan(Set.of("a.example.org", "x.a.example.org"), false))
                .isEqualTo(new Step.Reserve(Set.of("a.example.org", "x.a.example.org")));
    }

    @Test
    void onDryRunItIsOnlyLookedUp() {
        assertThat(plan(Set.of("a.example.org"), true)).isEqualTo(new Step.LookUp(Set.of("a.example.org")));
    }

    @Test
    void whatMayLieOutsideIsNotAskedAboutThere() {
        var names = Set.of("a.example.org", "a.elsewhere.example.net");

        assertThat(AdmissionPlanner.plan(new NameRequest(WEB, names, List.of(), true, false), DENIAL))
                .isEqualTo(new Step.Reserve(Set.of("a.example.org")));
    }

    @Test
    void nothingNewIsAdmitted() {
        assertThat(plan(Set.of(), false)).isEqualTo(new Step.Admit());
        assertThat(plan(Set.of(), true)).isEqualTo(new Step.Admit());
    }

    @Test
    void oneNameThatIsNotAllowedRefusesAll() {
        assertThat(plan(Set.of("a.example.org", "b.example.org"), false))
                .isInstanceOfSatisfying(Step.Refuse.class, refusal -> assertThat(refusal.names())
                        .containsOnlyKeys("b.example.org"));
    }

    @Test
    void whatIsNoDomainNameIsRefused() {
        var request = new NameRequest(WEB, Set.of(), List.of("\"a b\" is no domain name"), false, false);

        var step = (Step.Refuse) AdmissionPlanner.plan(request, DENIAL);

        assertThat(AdmissionPlanner.refuse(step, WEB, DENIAL, List.of()))
                .isEqualTo(new Decision.Deny(List.of("\"a b\" is no domain name")));
    }

    @Test
    void namesOfTheOwnNamespaceAreShared() {
        var mine = new HeldBy("a.example.org", new Owner(Owner.LOCAL, "team-a", "Ingress", "api", "3"), Instant.EPOCH);

        assertThat(AdmissionPlanner.judge(WEB, DENIAL, List.of(mine))).isEqualTo(new Decision.Allow());
    }

    @Test
    void theSameNamespaceOfAnotherClusterIsSomebodyElse() {
        var theirs = new HeldBy("a.example.org", new Owner("blue", "team-a", "Ingress", "web", "4"), Instant.EPOCH);

        assertThat(AdmissionPlanner.judge(WEB, DENIAL, List.of(theirs)))
                .isEqualTo(new Decision.Deny(List.of(
                        "a.example.org is held by namespace team-a of cluster blue (Ingress web) since 1970-01-01; "
                                + "ask its owner to let it go, or choose a name under *.a.example.org")));
    }

    @Test
    void whoHoldsANameIsToldRatherThanThatItIsNotAllowed() {
        var refusal = (Step.Refuse) plan(Set.of("b.example.org", "c.example.org"), false);

        var decision = AdmissionPlanner.refuse(
                refusal, WEB, DENIAL, List.of(new HeldBy("c.example.org", OTHER, Instant.EPOCH)));

        assertThat(((Decision.Deny) decision).reasons())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("namespace team-a may not take b.example.org; "),
                        second -> assertThat(second)
                                .startsWith("c.example.org is held by namespace team-b (Ingress other)"));
    }

    private static Step plan(Set<String> names, boolean dryRun) {
        return AdmissionPlanner.plan(new NameRequest(WEB, names, List.of(), false, dryRun), DENIAL);
    }
}
