package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.proxmox.ProxmoxClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at a cluster closely when there is a reason to, and else goes by the last look and the poll. */
@ApplicationScoped
class ClusterChecks {

    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration SHORTLY = Duration.ofMillis(1);

    private final ClusterObserver observer;
    private final ImageDownloads downloads;
    private final ClusterWatch watch;
    private final ClusterSettings settings;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(ProxmoxClient client, Long generation, Instant until, Checked checked) {

        /** Whether nothing has changed since that would be found in another look. */
        private boolean holds(ProxmoxClient now, Long declared, ClusterView seen, Instant time) {
            return client == now
                    && generation.equals(declared)
                    && until.isAfter(time)
                    && seen.landscape().equals(checked.facts().view().landscape());
        }
    }

    ClusterChecks(
            ClusterObserver observer,
            ImageDownloads downloads,
            ClusterWatch watch,
            ClusterSettings settings,
            Clock clock) {
        this.observer = observer;
        this.downloads = downloads;
        this.watch = watch;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param again when to look again at the latest
     */
    record Checked(ClusterFacts facts, List<ImageStatus> images, Duration again) {}

    Checked check(ProxmoxCluster cluster, ProxmoxClient client) {
        var name = cluster.getMetadata().getName();
        var generation = cluster.getMetadata().getGeneration();
        var last = kept.get(name);
        var view = watch.view(name);
        var now = clock.instant();
        if (last != null && view.isPresent() && last.holds(client, generation, view.get(), now)) {
            var checked = last.checked();
            return new Checked(checked.facts().seen(view.get()), checked.images(), Duration.between(now, last.until()));
        }
        var before = cluster.getStatus() == null
                ? List.<ImageStatus>of()
                : cluster.getStatus().images();
        var facts = observer.observe(name, cluster.getSpec(), before, client);
        var checked = facts.missing().isEmpty()
                ? advanced(facts, downloads.advance(name, cluster.getSpec(), facts, before, client))
                : new Checked(facts, before, settings.retryFirst().multipliedBy(5));
        if (checked.again().equals(settings.recheck())) {
            kept.put(name, new Kept(client, generation, now.plus(settings.recheck()), checked));
        } else {
            kept.remove(name);
        }
        return checked;
    }

    void forget(String cluster) {
        kept.remove(cluster);
    }

    private Checked advanced(ClusterFacts facts, ImageDownloads.Advance advance) {
        return new Checked(facts, advance.images(), again(facts, advance));
    }

    private Duration again(ClusterFacts facts, ImageDownloads.Advance advance) {
        if (advance.images().stream().anyMatch(image -> !image.tasks().isEmpty())) {
            return SOON;
        }
        var next = advance.again().map(at -> Duration.between(clock.instant(), at));
        if (next.isPresent()) {
            return next.get().compareTo(SHORTLY) > 0 ? next.get() : SHORTLY;
        }
        return facts.state().quorate()
                ? settings.recheck()
                : settings.retryFirst().multipliedBy(5);
    }
}
