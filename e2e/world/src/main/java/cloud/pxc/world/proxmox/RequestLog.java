package cloud.pxc.world.proxmox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How often each call was made, by method and path template: {@code GET /cluster/resources}. */
public final class RequestLog {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final List<Consumer<CallView>> listeners = new CopyOnWriteArrayList<>();

    /** Calls back after each call, on the thread that answered it. */
    public void listen(Consumer<CallView> listener) {
        listeners.add(listener);
    }

    void answered(CallView call) {
        listeners.forEach(listener -> listener.accept(call));
    }

    void count(String call) {
        counts.computeIfAbsent(call, ignored -> new LongAdder()).increment();
    }

    /** How often {@code method} was called on a path that fits {@code template}, such as {@code /nodes/{node}/qemu}. */
    public long count(String method, String template) {
        var counter = counts.get(method + " " + template);
        return counter == null ? 0 : counter.sum();
    }

    /** All counts so far, by {@code METHOD /template}; paths that no call has are counted as they came. */
    public Map<String, Long> counts() {
        var copy = new TreeMap<String, Long>();
        counts.forEach((call, counter) -> copy.put(call, counter.sum()));
        return copy;
    }

    /** Starts counting anew. */
    public void clear() {
        counts.clear();
    }
}
