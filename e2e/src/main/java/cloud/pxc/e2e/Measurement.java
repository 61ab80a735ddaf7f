package cloud.pxc.e2e;

import cloud.pxc.e2e.bench.Figure;

/**
 * One thing that was measured, beside what the same work takes without the operator.
 *
 * @param metric in snake case, for example {@code ingress_to_name}
 * @param raw the same by hand, as fast as the servers allow
 */
record Measurement(String metric, Timings ours, Timings raw) {

    private static final String UNIT = "ms";

    double ratio() {
        return ours.millis(50) / raw.millis(50);
    }

    Figure figure() {
        return Figure.of(metric)
                .with("value", rounded(ours.millis(50)))
                .with("unit", UNIT)
                .with("raw", rounded(raw.millis(50)))
                .with("ratio", rounded(ratio()))
                .with("n", ours.count())
                .with("p50", rounded(ours.millis(50)))
                .with("p99", rounded(ours.millis(99)));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
