package cloud.pxc.operator.names;

import java.time.Duration;

/** How long to wait after a failure: ever longer, up to a bound, until something succeeds. */
final class Backoff {

    private final Duration first;
    private final Duration last;
    private Duration next;

    Backoff(Duration first, Duration last) {
        this.first = first;
        this.last = last;
        this.next = first;
    }

    Duration failed() {
        var now = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(last) > 0 ? last : doubled;
        return now;
    }

    void succeeded() {
        next = first;
    }
}
