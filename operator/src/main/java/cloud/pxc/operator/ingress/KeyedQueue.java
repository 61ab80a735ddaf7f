package cloud.pxc.operator.ingress;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keys that have to be looked at: each by one thread at a time, some side by side, one that is added while it is worked on once
 * more afterwards. Work that fails is tried again, ever more slowly; it never holds up other keys.
 */
final class KeyedQueue<K> implements AutoCloseable {

    /** What the work on a key ends with. */
    enum Outcome {
        DONE,
        TRY_AGAIN
    }

    private static final Logger LOG = Logger.getLogger(KeyedQueue.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final int SIDE_BY_SIDE = 16;

    private final Function<K, Outcome> work;
    private final Semaphore places = new Semaphore(SIDE_BY_SIDE);
    private final Set<K> working = new HashSet<>();
    private final Set<K> again = new HashSet<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final ScheduledExecutorService timer;

    KeyedQueue(String name, Function<K, Outcome> work) {
        this.work = work;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-timer").daemon().factory());
    }

    synchronized void add(K key) {
        if (!working.add(key)) {
            again.add(key);
            return;
        }
        Thread.ofVirtual().name("queue-work").start(() -> work(key));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void work(K key) {
        var outcome = Outcome.TRY_AGAIN;
        try {
            places.acquire();
            try {
                outcome = work.apply(key);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "key=%s done=false", key);
        } finally {
            done(key, outcome);
        }
    }

    private synchronized void done(K key, Outcome outcome) {
        working.remove(key);
        if (outcome == Outcome.DONE) {
            failures.remove(key);
        } else {
            var count = failures.merge(key, 1, Integer::sum);
            later(key, delay(count));
        }
        if (again.remove(key)) {
            add(key);
        }
    }

    private void later(K key, Duration delay) {
        try {
            timer.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("key=%s queue=stopped", key);
        }
    }

    private static Duration delay(int count) {
        var delay = FIRST_RETRY.multipliedBy(1L << Math.min(count - 1, 10));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }
}
