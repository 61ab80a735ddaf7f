package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.TsigKey;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of the operator while it works: after the restart nothing is doubled and nothing lost. */
@ExtendWith(InCloud.class)
class CrashTest {

    private static final int INGRESSES = 20;

    @ParameterizedTest
    @ValueSource(ints = {20, 150, 600})
    void namesAndACertificateUnderWay(int millis, Cloud cloud) {
        try (var plot = Plot.of(cloud, "crash-" + millis)) {
            // given
            var hosts = IntStream.range(0, INGRESSES)
                    .mapToObj(number -> plot.host("web-" + number))
                    .collect(Collectors.toCollection(TreeSet::new));
            plot.create(Plot.withTls(plot.ingress("secure", plot.host("secure")), "secure-tls"));
            hosts.forEach(host -> plot.create(plot.ingress(host.replace('.', '-'), host)));
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());

            // when
            cloud.operator().kill();
            cloud.operator().start();

            // then
            Plot.becomesTrue(() -> plot.look().certified(plot.namespace(), "secure-tls", plot.host("secure")));
            await().atMost(Duration.ofSeconds(30)).until(() -> hosts.stream().allMatch(plot::isLive));
            hosts.add(plot.host("secure"));
            hosts.add(plot.host("ns1"));
            hosts.add(plot.host("ns2"));
            hosts.add(plot.zone());
            await().atMost(Duration.ofSeconds(30)).until(() -> namesIn(cloud, plot), hosts::equals);
            assertThat(plot.ledgerRows("certificate_issue where namespace = '" + plot.namespace() + "'"))
                    .isOne();
            assertThat(plot.claims()).isEqualTo(INGRESSES + 1);
        }
    }

    private static TreeSet<String> namesIn(Cloud cloud, Plot plot) {
        var primary = cloud.world().primary();
        var key = primary.transferKey();
        return Plot.client(primary)
                .transfer(Fqdn.of(plot.zone()), TsigKey.of(key.name(), key.algorithm(), key.secret()))
                .rrsets()
                .stream()
                .map(rrset -> rrset.name().text())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
