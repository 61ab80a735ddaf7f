package cloud.pxc.e2e;

import static org.awaitility.Awaitility.await;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.dns.ZoneUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** From an Ingress that is created to its name on both servers, beside the signed UPDATE and the transfer that takes. */
final class IngressBench {

    private static final int ONE_BY_ONE = 200;
    private static final int AT_ONCE = 200;
    private static final int BURSTS = 5;
    private static final long TTL_SECONDS = 300;

    private final Cloud cloud;
    private final Plot plot;

    private IngressBench(Cloud cloud, Plot plot) {
        this.cloud = cloud;
        this.plot = plot;
    }

    static List<Measurement> run(Cloud cloud) {
        try (var plot = Plot.of(cloud, "bench")) {
            var bench = new IngressBench(cloud, plot);
            bench.ingresses("warm", 20);
            return List.of(
                    new Measurement("ingress_to_name", bench.oneByOne("single"), bench.rawOneByOne("raw")),
                    new Measurement(
                            "ingresses_at_once_to_names_" + AT_ONCE,
                            bench.bursts("burst"),
                            bench.rawBursts("rawburst")));
        }
    }

    private Timings oneByOne(String prefix) {
        return timings(ONE_BY_ONE, number -> ingresses(prefix + number, 1));
    }

    private Timings rawOneByOne(String prefix) {
        return timings(ONE_BY_ONE, number -> update(prefix + number, 1));
    }

    private Timings bursts(String prefix) {
        return timings(BURSTS, number -> ingresses(prefix + number, AT_ONCE));
    }

    private Timings rawBursts(String prefix) {
        return timings(BURSTS, number -> update(prefix + number, AT_ONCE));
    }

    /** Creates them, and returns when all their names are answered. */
    private void ingresses(String prefix, int count) {
        for (var name : names(prefix, count)) {
            plot.create(plot.ingress(name, plot.host(name)));
        }
        awaitLive(prefix, count);
    }

    private void update(String prefix, int count) {
        var primary = cloud.world().primary();
        var key = primary.updateKey();
        var changes = names(prefix, count).stream()
                .<ZoneUpdate.Change>map(name -> new ZoneUpdate.Change.Put(
                        RRset.of(Fqdn.of(plot.host(name)), RecordType.A, TTL_SECONDS, List.of(Plot.TARGET))))
                .toList();
        Plot.client(primary)
                .update(
                        new ZoneUpdate(Fqdn.of(plot.zone()), List.of(), changes),
                        TsigKey.of(key.name(), key.algorithm(), key.secret()));
        awaitLive(prefix, count);
    }

    private void awaitLive(String prefix, int count) {
        for (var name : names(prefix, count)) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> plot.isLive(plot.host(name)));
        }
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + "-" + number)
                .toList();
    }

    private static Timings timings(int times, java.util.function.IntConsumer work) {
        var took = new ArrayList<Duration>();
        for (var number = 0; number < times; number++) {
            var start = System.nanoTime();
            work.accept(number);
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }
        return new Timings(took);
    }
}
