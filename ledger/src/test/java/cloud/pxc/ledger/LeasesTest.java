package cloud.pxc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

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
