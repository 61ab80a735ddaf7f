package cloud.pxc.operator.cluster;

import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Vmid;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Polls each cluster with one call per interval, and tells what has changed since the call before. */
@ApplicationScoped
public class ClusterWatch {

    private static final Logger LOG = Logger.getLogger(ClusterWatch.class);
    /** Polls that wait for a dead cluster at the same time hold up no others. */
    private static final int THREADS = 8;

    private final ClusterSettings settings;
    private final Map<String, Watched> clusters = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("cluster-poll-", 0).daemon().factory());

    ClusterWatch(ClusterSettings settings) {
        this.settings = settings;
    }

    /**
     * What is different from the poll before.
     *
     * @param guests VMIDs of guests that came, went or changed
     * @param landscape whether nodes or storages changed, or whether the cluster answers at all
     */
    public record Change(String cluster, Set<Vmid> guests, boolean landscape) {}

    /** Calls back after each poll that found something changed. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** The cluster when it last answered; empty until it first does, or after it was forgotten. */
    public Optional<ClusterView> view(String cluster) {
        return Optional.ofNullable(clusters.get(cluster)).flatMap(watched -> Optional.ofNullable(watched.view));
    }

    /** As it is now: asks out of turn. Of many who do so at the same time, all get the answer of one call that began after. */
    public ClusterView refresh(String cluster) {
        var watched = clusters.get(cluster);
        if (watched == null) {
            throw new IllegalStateException("ProxmoxCluster " + cluster + " is not watched");
        }
        return poll(cluster, watched, watched.begun);
    }

    /** Something was done to a guest that a poll may not see: it counts as changed. */
    public void mention(String cluster, Vmid guest) {
        tell(new Change(cluster, Set.of(guest), false));
    }

    /** From now on it is polled with this client. */
    void watch(String cluster, ProxmoxClient client) {
        clusters.compute(cluster, (name, before) -> {
            if (before != null && before.client == client) {
                return before;
            }
            if (before != null) {
                before.polling.cancel(false);
            }
            var after = new Watched(client, before == null ? null : before.view);
            var interval = settings.poll().toMillis();
            after.polling = timer.scheduleWithFixedDelay(
                    () -> pollInTurn(name, after), interval, interval, TimeUnit.MILLISECONDS);
            return after;
        });
    }

    void forget(String cluster) {
        var watched = clusters.remove(cluster);
        if (watched != null) {
            watched.polling.cancel(false);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    private void pollInTurn(String cluster, Watched watched) {
        try {
            poll(cluster, watched, watched.begun);
        } catch (ProxmoxException e) {
            if (watched.answers) {
                watched.answers = false;
                LOG.warnf("cluster=%s answers=false cause=%s", cluster, e.getMessage());
                tell(new Change(cluster, Set.of(), true));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "cluster=%s polled=false", cluster);
        }
    }

    /** @param begun how many polls had begun when this one was asked for: an answer to a later one will do */
    private ClusterView poll(String cluster, Watched watched, long begun) {
        ClusterView before;
        ClusterView after;
        boolean recovered;
        synchronized (watched) {
            if (watched.answered > begun) {
                return watched.view;
            }
            before = watched.view;
            watched.begun++;
            after = new ClusterView(watched.client.inventory());
            watched.view = after;
            watched.answered = watched.begun;
            recovered = !watched.answers;
            watched.answers = true;
        }
        if (before == null) {
            tell(new Change(cluster, after.guests().keySet(), true));
            return after;
        }
        var change = new Change(
                cluster,
                after.changedSince(before),
                recovered || !after.landscape().equals(before.landscape()));
        if (change.landscape() || !change.guests().isEmpty()) {
            tell(change);
        }
        return after;
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    private static final class Watched {
        private final ProxmoxClient client;
        private volatile ClusterView view;
        /** Number of the poll that has begun last. */
        private volatile long begun;
        /** Number of the poll that the view is of. */
        private long answered;

        private volatile boolean answers = true;
        private Future<?> polling;

        private Watched(ProxmoxClient client, ClusterView view) {
            this.client = client;
            this.view = view;
        }
    }
}
