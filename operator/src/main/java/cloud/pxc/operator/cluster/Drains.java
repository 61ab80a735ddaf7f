package cloud.pxc.operator.cluster;

import cloud.pxc.crds.machine.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** What machines tell of nodes that are drained, for the status of their cluster. */
@ApplicationScoped
public class Drains {

    private record Staying(String cluster, String machine, String node, String why) {}

    private final Map<String, Staying> staying = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Function<String, Collection<Machine>> existing = cluster -> List.of();

    /** @param machines of a cluster that exist: given when the watch of them is */
    public void know(Function<String, Collection<Machine>> machines) {
        existing = machines;
    }

    /** It is to leave its node, and can't. */
    public void stays(Machine machine, String node, String why) {
        var cluster = machine.getSpec().clusterRef().name();
        var name = machine.getMetadata().getNamespace() + "/"
                + machine.getMetadata().getName();
        var now = new Staying(cluster, name, node, why);
        if (!now.equals(staying.put(machine.getMetadata().getUid(), now))) {
            listeners.forEach(listener -> listener.accept(cluster));
        }
    }

    /** It is not to leave its node, or has left it. */
    public void goes(Machine machine) {
        var before = staying.remove(machine.getMetadata().getUid());
        if (before != null) {
            listeners.forEach(listener -> listener.accept(before.cluster()));
        }
    }

    /** Calls back with the name of a cluster that something else is to be told of. */
    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    Collection<Machine> machines(String cluster) {
        return existing.apply(cluster);
    }

    /** Why which machines don't leave a node. */
    Map<String, String> staying(String cluster, String node) {
        var reasons = new TreeMap<String, String>();
        staying.values().stream()
                .filter(each -> each.cluster().equals(cluster) && each.node().equals(node))
                .forEach(each -> reasons.put(each.machine(), each.why()));
        return reasons;
    }
}
