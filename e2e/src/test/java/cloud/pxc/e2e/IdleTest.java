package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.world.NameServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator that has nothing to do does nothing. */
@ExtendWith(InCloud.class)
class IdleTest {

    private static final Duration QUIET = Duration.ofSeconds(4L * InCloud.ZONE_CHECK_SECONDS);
    private static final Duration PROXMOX_POLL = Duration.ofSeconds(5);
    private static final String POLL = "GET /cluster/resources";
    private static final Pattern REQUESTS = Pattern.compile("apiserver_request_total\\{([^}]*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Who leads, and which API servers there are, is written all the time; not what anything is like. */
    private static final List<String> HEARTBEATS = List.of("leases", "endpoints", "endpointslices");

    @Test
    void nothingIsWrittenAndOnlySerialsAreAsked(Cloud cloud) {
        try (var pasture = Pasture.of(cloud, "idle", 3)) {
            // given
            var plot = pasture.plot();
            pasture.plot().apply(pasture.manifest());
            pasture.plot().apply(pasture.stackManifest("shop"));
            Plot.becomesTrue(() -> pasture.stackReady("shop"));
            plot.create(Plot.withTls(plot.ingress("web", plot.host("web")), "web-tls"));
            Plot.becomesTrue(() -> plot.look().certified(plot.namespace(), "web-tls", plot.host("web")));
            Plot.says(() -> plot.told("web"), "live");
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> writes(cloud), new Still()::than);
            var zones = cloud.admin().resources(DnsZone.class).list().getItems().size();
            var before = Counts.of(cloud);

            // when
            await().pollDelay(QUIET).atMost(QUIET.plusSeconds(5)).until(() -> true);

            // then
            var during = Counts.of(cloud).since(before);
            assertThat(during.writes()).isEmpty();
            assertThat(during.proxmox()).containsOnlyKeys(POLL);
            assertThat(during.proxmox().get(POLL)).isBetween(1L, QUIET.dividedBy(PROXMOX_POLL) + 1);
            var checks = (long) zones * (QUIET.toSeconds() / InCloud.ZONE_CHECK_SECONDS + 1);
            for (var messages : List.of(during.primary(), during.secondary())) {
                assertThat(messages.keySet()).isSubsetOf("QUERY", "SOA");
                assertThat(messages.getOrDefault("SOA", 0L)).isBetween(1L, checks);
                assertThat(messages.get("QUERY")).isEqualTo(messages.get("SOA"));
            }
        }
    }

    /** Remembers what it was shown last. */
    private static final class Still {
        private Map<String, Long> last = Map.of();

        boolean than(Map<String, Long> now) {
            var still = now.equals(last);
            last = now;
            return still;
        }
    }

    private record Counts(
            Map<String, Long> writes,
            Map<String, Long> proxmox,
            Map<String, Long> primary,
            Map<String, Long> secondary) {

        static Counts of(Cloud cloud) {
            return new Counts(
                    IdleTest.writes(cloud),
                    cloud.world().proxmox().requests().counts(),
                    messages(cloud.world().primary()),
                    messages(cloud.world().secondary()));
        }

        Counts since(Counts before) {
            return new Counts(
                    grown(before.writes, writes),
                    grown(before.proxmox, proxmox),
                    grown(before.primary, primary),
                    grown(before.secondary, secondary));
        }

        private static Map<String, Long> messages(NameServer server) {
            return server.received();
        }

        private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
            var grown = new TreeMap<String, Long>();
            after.forEach((what, count) -> grown.put(what, count - before.getOrDefault(what, 0L)));
            grown.values().removeIf(count -> count == 0);
            return grown;
        }
    }

    /** How often what was written, by verb and resource, as the API server counts. */
    private static Map<String, Long> writes(Cloud cloud) {
        var counts = new TreeMap<String, Long>();
        var requests = REQUESTS.matcher(cloud.admin().raw("/metrics"));
        while (requests.find()) {
            var labels = new TreeMap<String, String>();
            var label = LABEL.matcher(requests.group(1));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            if (List.of("POST", "PUT", "PATCH", "APPLY", "DELETE").contains(labels.get("verb"))
                    && !HEARTBEATS.contains(labels.get("resource"))) {
                counts.merge(
                        labels.get("verb") + " " + labels.get("resource") + " " + labels.get("subresource"),
                        (long) Double.parseDouble(requests.group(2)),
                        Long::sum);
            }
        }
        return counts;
    }
}
