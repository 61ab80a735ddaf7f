package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.Serial;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Watches, only while something is on its way, until every secondary of a zone answers a serial. */
final class Follow {

    private static final Logger LOG = Logger.getLogger(Follow.class);
    private static final long FIRST_MILLIS = 4;
    private static final long LAST_MILLIS = 5000;

    private final ScheduledExecutorService timer;
    private final Consumer<Serial> followed;
    private ServedZone zone;
    private Serial wanted;
    private boolean watching;
    private boolean closed;

    Follow(ScheduledExecutorService timer, Consumer<Serial> followed) {
        this.timer = timer;
        this.followed = followed;
    }

    synchronized void await(ServedZone current, Serial serial) {
        zone = current;
        // What has been there for longer must not make an end of waiting for what is new.
        wanted = watching && wanted.isAtLeast(serial) ? wanted : serial;
        if (!watching) {
            watching = true;
            look(FIRST_MILLIS, 0);
        }
    }

    synchronized void close() {
        closed = true;
    }

    private void look(long nextMillis, long delayMillis) {
        try {
            timer.schedule(
                    () -> Thread.ofVirtual().name("zone-follow").start(() -> look(nextMillis)),
                    delayMillis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("zone=%s following=stopped", zone.zone());
        }
    }

    private void look(long nextMillis) {
        ServedZone current;
        Serial serial;
        synchronized (this) {
            current = zone;
            serial = wanted;
        }
        var there = current.secondaries().stream().allMatch(secondary -> has(current, secondary, serial));
        if (there) {
            followed.accept(serial);
        }
        synchronized (this) {
            if (closed || there && serial.equals(wanted)) {
                watching = false;
                return;
            }
        }
        look(there ? FIRST_MILLIS : Math.min(nextMillis * 2, LAST_MILLIS), nextMillis);
    }

    private static boolean has(ServedZone zone, NameServerClient secondary, Serial serial) {
        try {
            return secondary
                    .serial(zone.zone())
                    .filter(there -> there.isAtLeast(serial))
                    .isPresent();
        } catch (DnsException e) {
            LOG.debugf("zone=%s secondary=%s follows=false cause=%s", zone.zone(), secondary.server(), e.getMessage());
            return false;
        }
    }
}
