package cloud.pxc.e2e;

import java.time.Duration;
import java.util.List;

/** How long something took, each time. */
record Timings(List<Duration> sorted) {

    Timings {
        sorted = sorted.stream().sorted().toList();
    }

    int count() {
        return sorted.size();
    }

    /** @param percent 0 to 100; the smallest value that so many of them do not exceed */
    Duration percentile(int percent) {
        var rank = (int) Math.ceil(percent / 100.0 * count());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    double millis(int percent) {
        return percentile(percent).toNanos() / 1e6;
    }
}
