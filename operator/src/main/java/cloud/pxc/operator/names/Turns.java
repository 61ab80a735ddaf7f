package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Names that have to be looked at, taken in turns: one turn at a time, some milliseconds after the first name came so that others
 * join it, and a bounded number of names each. A name that is to be looked at later holds up no other.
 */
final class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class);
    private static final long GATHER_MILLIS = 20;
    private static final int MOST_NAMES = 400;

    private final String threads;
    private final ScheduledExecutorService timer;
    private final Consumer<Set<Fqdn>> turn;
    private final Set<Fqdn> names = new TreeSet<>();
    private final Set<Fqdn> waiting = new HashSet<>();
    private boolean scheduled;
    private boolean taken;
    private boolean closed;

    Turns(String threads, ScheduledExecutorService timer, Consumer<Set<Fqdn>> turn) {
        this.threads = threads;
        this.timer = timer;
        this.turn = turn;
    }

    /** Has them looked at in the next turn. */
    synchronized void add(Collection<Fqdn> more) {
        if (names.addAll(more)) {
            schedule();
        }
    }

    /** Has them looked at after that time, unless they are waiting already. */
    synchronized void addLater(Set<Fqdn> more, Duration delay) {
        var fresh = new HashSet<>(more);
        fresh.removeAll(waiting);
        if (waiting.addAll(fresh)) {
            after(delay.toMillis(), () -> elapsed(fresh));
        }
    }

    /** Those that wait are looked at in the next turn. */
    synchronized void addWaiting() {
        add(Set.copyOf(waiting));
    }

    /** Within a turn: those names, and what has come since, as far as the bound goes. */
    synchronized Set<Fqdn> and(Set<Fqdn> begun) {
        var all = new TreeSet<>(begun);
        for (var each : names) {
            if (all.size() >= MOST_NAMES) {
                break;
            }
            all.add(each);
        }
        names.removeAll(all);
        return all;
    }

    /** Does something while no turn is taken; nothing if one is, or is about to be. */
    <T> Optional<T> between(Supplier<T> work) {
        synchronized (this) {
            if (closed || taken || !names.isEmpty()) {
                return Optional.empty();
            }
            taken = true;
        }
        try {
            return Optional.of(work.get());
        } finally {
            over();
        }
    }

    /** No turn begins any more; one that is taken is waited for. */
    synchronized void close() {
        closed = true;
        try {
            while (taken) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void elapsed(Set<Fqdn> fresh) {
        waiting.removeAll(fresh);
        add(fresh);
    }

    private synchronized void schedule() {
        if (!closed && !scheduled && !taken) {
            scheduled = true;
            after(GATHER_MILLIS, this::take);
        }
    }

    private void take() {
        Set<Fqdn> begun;
        synchronized (this) {
            scheduled = false;
            if (closed || taken) {
                return;
            }
            taken = true;
            begun = and(Set.of());
        }
        try {
            turn.accept(begun);
        } finally {
            over();
        }
    }

    private synchronized void over() {
        taken = false;
        notifyAll();
        if (!names.isEmpty()) {
            schedule();
        }
    }

    private void after(long millis, Runnable work) {
        try {
            timer.schedule(() -> Thread.ofVirtual().name(threads).start(work), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s=stopped", threads);
        }
    }
}
