package cloud.pxc.e2e.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param metric in snake case, for example {@code idle_calls}
 * @param values by name, for example {@code value}, {@code unit}, {@code ratio}
 * @param goal what it is held against; empty where it is only told
 */
public record Figure(String metric, Map<String, Object> values, Optional<Goal> goal) {

    /** @param text for people: {@code ratio ≤ 1.05} */
    public record Goal(String text, boolean reached) {}

    public static Figure of(String metric) {
        return new Figure(metric, Map.of(), Optional.empty());
    }

    public Figure with(String name, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value instanceof Double number ? Math.round(number * 1000) / 1000.0 : value);
        return new Figure(metric, more, goal);
    }

    /** @param found what must not be: its number counts, and what it is goes with it */
    public Figure counting(String name, List<String> found) {
        var counted = with(name, found.size());
        return found.isEmpty() ? counted : counted.with(name + "_found", List.copyOf(found));
    }

    /** @param bound that the value of that name may reach and must not exceed */
    public Figure atMost(String name, double bound) {
        var number = ((Number) values.get(name)).doubleValue();
        var text = name + " ≤ " + (bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound));
        var both = goal.map(other -> new Goal(other.text() + ", " + text, other.reached() && number <= bound))
                .orElseGet(() -> new Goal(text, number <= bound));
        return new Figure(metric, values, Optional.of(both));
    }

    public boolean missed() {
        return goal.filter(held -> !held.reached()).isPresent();
    }

    /** For machines to compare. */
    public Map<String, Object> asJson() {
        var json = new LinkedHashMap<>(values);
        goal.ifPresent(held -> {
            json.put("goal", held.text());
            json.put("reached", held.reached());
        });
        return json;
    }
}
