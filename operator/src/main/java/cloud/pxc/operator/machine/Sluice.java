package cloud.pxc.operator.machine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets only so many machines leave a node at the same time. Those that were refused are remembered in their order, so that one of
 * them can be told when another is through.
 *
 * @param <W> how one that waits is told
 */
final class Sluice<W> {

    private final int width;
    /** Node, by machine. */
    private final Map<String, String> leaving = new HashMap<>();

    private final Map<String, Map<String, W>> waiting = new HashMap<>();

    Sluice(int width) {
        this.width = width;
    }

    /**
     * @param node unique among all clusters
     * @param waiter who is told later when the answer is no
     * @return whether it may leave now; one that may is asked for again until it is through
     */
    synchronized boolean enter(String machine, String node, W waiter) {
        if (node.equals(leaving.get(machine))) {
            return true;
        }
        if (leaving.values().stream().filter(node::equals).count() >= width) {
            waiting.computeIfAbsent(node, unknown -> new LinkedHashMap<>()).put(machine, waiter);
            return false;
        }
        hold(machine, node);
        return true;
    }

    /** It is on its way already, whether or not there was room. */
    synchronized void hold(String machine, String node) {
        leaving.put(machine, node);
        waiting.computeIfPresent(node, (same, queue) -> {
            queue.remove(machine);
            return queue.isEmpty() ? null : queue;
        });
    }

    /**
     * It is through, or does not leave after all.
     *
     * @return who has waited longest for that, if anybody has
     */
    synchronized Optional<W> leave(String machine) {
        waiting.values().forEach(queue -> queue.remove(machine));
        var node = leaving.remove(machine);
        var queue = node == null ? null : waiting.get(node);
        if (queue == null || queue.isEmpty()) {
            return Optional.empty();
        }
        var next = queue.keySet().iterator().next();
        return Optional.of(queue.remove(next));
    }

    synchronized Set<String> leaving() {
        return new HashSet<>(leaving.keySet());
    }
}
