package cloud.pxc.operator.certificate;

import cloud.pxc.crds.issuer.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets only as many orders through to an issuer as its limits allow, at once and by the minute. */
@ApplicationScoped
class OrderGate {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration NEXT_TRY = Duration.ofSeconds(2);

    private static final class Lane {
        private final Set<String> underWay = new HashSet<>();
        private final Deque<Instant> opened = new ArrayDeque<>();
    }

    private final Map<String, Lane> lanes = new HashMap<>();

    /**
     * Asks to open an order.
     *
     * @param uid of the Certificate; it counts as under way until {@link #leave}
     * @return when to ask again; empty where the order may be opened now
     */
    synchronized Optional<Instant> enter(String issuer, String uid, Optional<Limits> limits, Instant now) {
        var lane = lanes.computeIfAbsent(issuer, name -> new Lane());
        while (!lane.opened.isEmpty() && !lane.opened.peekFirst().plus(MINUTE).isAfter(now)) {
            lane.opened.removeFirst();
        }
        var atOnce = limits.map(Limits::concurrentOrders).orElse(Integer.MAX_VALUE);
        var perMinute = limits.map(Limits::ordersPerMinute).orElse(Integer.MAX_VALUE);
        if (!lane.underWay.contains(uid) && lane.underWay.size() >= atOnce) {
            return Optional.of(now.plus(NEXT_TRY));
        }
        if (lane.opened.size() >= perMinute) {
            return Optional.of(lane.opened.peekFirst().plus(MINUTE));
        }
        lane.underWay.add(uid);
        lane.opened.addLast(now);
        return Optional.empty();
    }

    /** An order that was opened before this process started. */
    synchronized void resume(String issuer, String uid) {
        lanes.computeIfAbsent(issuer, name -> new Lane()).underWay.add(uid);
    }

    /** The Certificate has no order under way any more. */
    synchronized void leave(String uid) {
        lanes.values().forEach(lane -> lane.underWay.remove(uid));
    }
}
