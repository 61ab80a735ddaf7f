package cloud.pxc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
class LeasesTest {

    @Inject
    Leases leases;

    private final String pool = "vmid/" + UUID.randomUUID();

    @Test
    void askingAgainGivesTheSameValue() {
        var machine = machine("web-0");

        var first = leases.take(pool, machine, "vmid", List.of("100", "101"));
        var again = leases.take(pool, machine, "vmid", List.of("101", "100"));

        assertThat(first).isEqualTo(new LeaseOutcome.Leased("100")).isEqualTo(again);
    }

    @Test
    void anExhaustedPoolIsSaidSo() {
        leases.take(pool, machine("web-0"), "vmid", List.of("100"));

        assertThat(leases.take(pool, machine("web-1"), "vmid", List.of("100")))
                .isEqualTo(new LeaseOutcome.Exhausted(pool, 1));
    }

    @Test
    void theFirstFreeOneOfThousandsIsFound() {
        var candidates = IntStream.range(0, 6_000).mapToObj(Integer::toString).toList();
        leases.restore(candidates.stream()
                .filter(value -> !value.equals("5500"))
                .map(value -> new Leases.Lease(pool, "vmid", value, machine("m" + value))));

        assertThat(leases.take(pool, machine("last"), "vmid", candidates)).isEqualTo(new LeaseOutcome.Leased("5500"));
        assertThat(leases.take(pool, machine("more"), "vmid", candidates))
                .isEqualTo(new LeaseOutcome.Exhausted(pool, 6_000));
    }

    @Test
    void whatAnOwnerHoldsIsKnownWithoutAskingAgain() {
        var owner = machine("web-0");
        leases.take(pool, owner, "vmid", List.of("100"));

        var own = leases.heldBy(owner);
        var another = own.take(pool, "net0", List.of("100", "101"));

        assertThat(own.find(pool, "vmid")).contains("100");
        assertThat(another).isEqualTo(new LeaseOutcome.Leased("101"));
        assertThat(own.find(pool, "net0")).contains("101");
        assertThat(own.take(pool, "vmid", List.of("102"))).isEqualTo(new LeaseOutcome.Leased("100"));
    }

    @Test
    void whatIsLetGoTwiceTakesNothingOfWhatCameBetween() {
        var owner = machine("web-0");
        leases.take(pool, owner, "vmid", List.of("100"));
        var first = new Leases.Lease(pool, "vmid", "100", owner);

        leases.release(first);
        leases.take(pool, owner, "vmid", List.of("101"));
        leases.release(first);

        assertThat(leases.of(owner)).containsExactly(new Leases.Lease(pool, "vmid", "101", owner));
    }

    @Test
    void whatAnOwnerLetsGoIsNotItsAnyMore() {
        var owner = machine("web-0");
        var own = leases.heldBy(owner);
        own.take(pool, "vmid", List.of("100"));

        own.release(pool, "vmid");

        assertThat(own.find(pool, "vmid")).isEmpty();
        assertThat(leases.holder(pool, "100")).isEmpty();
    }

    @Test
    void whatIsTakenTogetherStaysTakenAlsoWhereTheWorkFails() {
        var owner = machine("web-0");
        var other = pool + "/other";

        assertThatThrownBy(() -> leases.together(List.of(pool, other), () -> {
                    leases.take(pool, owner, "vmid", List.of("100"));
                    throw new IllegalStateException("no address is left");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no address is left");
        var both = leases.together(
                List.of(pool, other),
                () -> List.of(
                        leases.take(pool, owner, "vmid", List.of("101")),
                        leases.take(other, owner, "mac", List.of("a"))));

        assertThat(both).containsExactly(new LeaseOutcome.Leased("100"), new LeaseOutcome.Leased("a"));
        assertThat(leases.of(owner)).extracting(Leases.Lease::value).containsExactly("100", "a");
    }

    @Test
    void takersOfTheSamePoolsInAnyOrderDoNotWaitForEachOther() throws Exception {
        var one = pool + "/one";
        var two = pool + "/two";
        var candidates = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
        var results = new ArrayList<Future<LeaseOutcome>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var i = 0; i < 50; i++) {
                var order = i % 2 == 0 ? List.of(one, two) : List.of(two, one);
                var machine = machine("m" + i);
                results.add(threads.submit(() -> leases.together(order, () -> {
                    leases.take(order.get(0), machine, "a", candidates);
                    return leases.take(order.get(1), machine, "b", candidates);
                })));
            }
        }

        assertThat(results).allSatisfy(result -> assertThat(result.get()).isInstanceOf(LeaseOutcome.Leased.class));
    }

    @Test
    void whatIsLetGoIsGivenOutAgain() {
        var first = machine("web-0");
        leases.take(pool, first, "vmid", List.of("100"));

        leases.releaseAll(first);

        assertThat(leases.take(pool, machine("web-1"), "vmid", List.of("100")))
                .isEqualTo(new LeaseOutcome.Leased("100"));
        assertThat(leases.holder(pool, "100")).map(Owner::name).contains("web-1");
    }

    @Test
    void anAddressHasOneOwnerInAllPoolsOfAddresses() {
        // given
        var wide = "address/2001:db8:%x::/32".formatted(System.nanoTime() & 0xFFFF);
        var narrow = wide.replace("/32", "/64");
        var address = wide.substring("address/".length(), wide.length() - "/32".length()) + "10";
        var first = machine("web-0");
        leases.take(wide, first, "net0/ipv6", List.of(address));

        // when
        var second = leases.take(narrow, machine("web-1"), "net0/ipv6", List.of(address));
        var third = leases.take(narrow, machine("web-2"), "net0/ipv6", List.of(address, address + "1"));

        // then
        assertThat(second).isEqualTo(new LeaseOutcome.Exhausted(narrow, 1));
        assertThat(third).isEqualTo(new LeaseOutcome.Leased(address + "1"));
        assertThat(leases.address(address).map(Leases.Lease::owner)).contains(first);
        leases.releaseAll(first);
        assertThat(leases.address(address)).isEmpty();
    }

    @Test
    void ofManyAtOnceNoTwoGetTheSame() throws Exception {
        var candidates = IntStream.range(100, 140).mapToObj(Integer::toString).toList();
        var start = new CountDownLatch(1);
        var values = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var results = new ArrayList<Future<LeaseOutcome>>();
            for (var i = 0; i < 40; i++) {
                var machine = machine("m" + i);
                results.add(threads.submit(() -> {
                    start.await();
                    return leases.take(pool, machine, "vmid", candidates);
                }));
            }
            start.countDown();
            for (var result : results) {
                values.add(((LeaseOutcome.Leased) result.get()).value());
            }
        }

        assertThat(values).containsExactlyInAnyOrderElementsOf(candidates);
    }

    private static Owner machine(String name) {
        return new Owner(
                Owner.LOCAL, "team-a", "Machine", name, UUID.randomUUID().toString());
    }
}
