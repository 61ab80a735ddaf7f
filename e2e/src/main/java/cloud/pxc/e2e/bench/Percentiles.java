package cloud.pxc.e2e.bench;

import java.util.Collection;
import java.util.List;

/** Of durations in milliseconds. */
record Percentiles(List<Double> sorted) {

    static Percentiles of(Collection<Double> millis) {
        return new Percentiles(millis.stream().sorted().toList());
    }

    /** @param percent 0 to 100; the smallest value that so many of them do not exceed */
    double at(int percent) {
        var rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
