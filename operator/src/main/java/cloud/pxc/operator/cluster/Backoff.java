package cloud.pxc.operator.cluster;

import java.time.Duration;

/** How long to wait after failures in a row: doubled with each, up to a bound. */
public record Backoff(Duration first, Duration max) {

    private static final int MOST_DOUBLINGS = 30;

    /** @param failures in a row, at least one */
    public Duration after(int failures) {
        var doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        var wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(max) < 0 ? wait : max;
    }
}
