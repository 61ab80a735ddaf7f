package cloud.pxc.e2e;

import java.util.LinkedHashMap;
import java.util.Map;

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

    /** For machines to compare. */
    Map<String, Object> asJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("value", rounded(ours.millis(50)));
        json.put("unit", UNIT);
        json.put("raw", rounded(raw.millis(50)));
        json.put("ratio", rounded(ratio()));
        json.put("n", ours.count());
        json.put("p50", rounded(ours.millis(50)));
        json.put("p99", rounded(ours.millis(99)));
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
