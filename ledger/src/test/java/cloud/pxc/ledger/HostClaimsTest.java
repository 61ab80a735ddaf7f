package cloud.pxc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class HostClaimsTest {

    @Inject
    HostClaims claims;

    @Inject
    Transactions transactions;

    private final String name = "shop-" + UUID.randomUUID() + ".example.org";

    @Test
    void theSecondNamespaceIsToldWhoHoldsTheName() {
        var web = owner("team-a", "web");
        claims.hold(web, List.of(name));

        var outcome = claims.hold(owner("team-b", "thief"), List.of(name));

        assertThat(outcome).singleElement().isInstanceOfSatisfying(ClaimOutcome.HeldBy.class, held -> {
            assertThat(held.holder()).isEqualTo(web);
            assertThat(held.holder().describe()).isEqualTo("namespace team-a (Ingress web)");
        });
    }

    @Test
    void objectsOfOneNamespaceShareANameAndTheLastOneFreesIt() {
        var web = owner("team-a", "web");
        var api = owner("team-a", "api");
        claims.hold(web, List.of(name));
        claims.hold(api, List.of(name));

        assertThat(claims.release(web, List.of(name))).isEmpty();
        assertThat(claims.release(api, List.of(name))).containsExactly(name);
        assertThat(claims.holders(List.of(name))).isEmpty();
    }

    @Test
    void aReservationThatNobodyUsedIsFreeAfterItsTime() {
        claims.reserve(owner("team-a", "never-made"), List.of(name), Duration.ofMinutes(2));
        var later = in(Duration.ofMinutes(3));

        assertThat(claims.hold(owner("team-b", "web"), List.of(name)))
                .singleElement()
                .isInstanceOf(ClaimOutcome.HeldBy.class);
        assertThat(later.hold(owner("team-b", "web"), List.of(name))).containsExactly(new ClaimOutcome.Granted(name));
    }

    @Test
    void aReservationDoesNotShortenWhatIsHeld() {
        var web = owner("team-a", "web");
        claims.hold(web, List.of(name));
        claims.reserve(web, List.of(name), Duration.ofSeconds(1));
        var later = in(Duration.ofHours(1));

        assertThat(later.holders(List.of(name))).containsKey(name);
    }

    @Test
    void aReservationForAnObjectThatCannotBeMadeLeavesWhatItsNamesakeHolds() {
        // given
        var web = owner("team-a", "web");
        claims.hold(web, List.of(name));

        // when
        claims.reserve(owner("team-a", "web"), List.of(name), Duration.ofMinutes(5));

        // then
        var later = in(Duration.ofMinutes(6));
        assertThat(later.hold(owner("team-b", "thief"), List.of(name)))
                .singleElement()
                .isInstanceOfSatisfying(ClaimOutcome.HeldBy.class, held -> assertThat(held.holder())
                        .isEqualTo(web));
        assertThat(later.release(web, List.of(name))).containsExactly(name);
    }

    @Test
    void whatIsReservedIsNotHeldYet() {
        var web = owner("team-a", "web");
        claims.hold(web, List.of(name));
        claims.reserve(web, List.of("new-" + name), Duration.ofMinutes(5));

        assertThat(claims.heldNamesOf(web)).containsExactly(name);
        assertThat(claims.namesOf(web)).containsExactlyInAnyOrder(name, "new-" + name);
    }

    @Test
    void anObjectThatIsMadeAnewTakesThePlaceOfTheOneThatIsGone() {
        var before = owner("team-a", "web");
        var after = owner("team-a", "web");
        claims.hold(before, List.of(name));

        claims.hold(after, List.of(name));

        assertThat(claims.namesOf(before)).isEmpty();
        assertThat(claims.release(after, List.of(name))).containsExactly(name);
    }

    @Test
    void reservationsWhoseTimeIsUpAreForgotten() {
        claims.reserve(owner("team-a", "never-made"), List.of(name), Duration.ofMinutes(2));
        claims.hold(owner("team-a", "web"), List.of("held-" + name));
        claims.reserve(owner("team-a", "never-made"), List.of("held-" + name), Duration.ofMinutes(2));

        assertThat(claims.expire()).doesNotContain(name);
        assertThat(in(Duration.ofMinutes(3)).expire()).contains(name).doesNotContain("held-" + name);
        assertThat(claims.countWithin(name)).isZero();
    }

    @Test
    void whoHoldsNamesIsKnownAndCanBeLetGo() {
        var gone = owner("team-a", "gone");
        var here = owner("team-a", "here");
        var reserving = owner("team-a", "reserving");
        claims.hold(gone, List.of(name, "other-" + name));
        claims.hold(here, List.of(name));
        claims.reserve(reserving, List.of("third-" + name), Duration.ofMinutes(1));

        assertThat(claims.uidsOf(gone.cluster(), "Ingress"))
                .contains(gone.uid(), here.uid())
                .doesNotContain(reserving.uid());
        assertThat(claims.releaseAll(gone)).containsExactly("other-" + name);
        assertThat(claims.uidsOf(gone.cluster(), "Ingress"))
                .contains(here.uid())
                .doesNotContain(gone.uid());
    }

    @Test
    void ofManyAtOnceExactlyOneGetsEachName() throws Exception {
        var names = IntStream.range(0, 20).mapToObj(i -> i + "." + name).toList();
        var takers =
                IntStream.range(0, 12).mapToObj(i -> owner("team-" + i, "web")).toList();
        var start = new CountDownLatch(1);
        var granted = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(takers.size())) {
            var results = new ArrayList<Future<List<ClaimOutcome>>>();
            for (var taker : takers) {
                var shuffled = new ArrayList<>(names);
                java.util.Collections.shuffle(
                        shuffled, new java.util.Random(taker.name().hashCode()));
                results.add(threads.submit(() -> {
                    start.await();
                    return claims.hold(taker, shuffled);
                }));
            }
            start.countDown();
            for (var result : results) {
                result.get().stream()
                        .filter(ClaimOutcome.Granted.class::isInstance)
                        .forEach(outcome -> granted.add(outcome.fqdn()));
            }
        }

        assertThat(granted).containsExactlyInAnyOrderElementsOf(names);
    }

    private HostClaims in(Duration time) {
        return new HostClaims(
                transactions, Clock.fixed(Clock.systemUTC().instant().plus(time), ZoneOffset.UTC));
    }

    private static Owner owner(String namespace, String ingress) {
        return new Owner(
                Owner.LOCAL, namespace, "Ingress", ingress, UUID.randomUUID().toString());
    }
}
