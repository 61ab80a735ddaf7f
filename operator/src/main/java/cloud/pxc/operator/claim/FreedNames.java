package cloud.pxc.operator.claim;

import cloud.pxc.ledger.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who waits for names that others hold, and is told when one of them is let go. */
@ApplicationScoped
public class FreedNames {

    private final Map<String, Set<Owner>> waiting = new HashMap<>();
    private final Map<String, List<Consumer<Owner>>> listeners = new ConcurrentHashMap<>();

    /** Calls back for owners of that kind who may ask again. */
    public void listen(String kind, Consumer<Owner> listener) {
        listeners.computeIfAbsent(kind, unknown -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** This owner waits for exactly these names. */
    synchronized void await(Owner owner, Collection<String> names) {
        waiting.values().removeIf(owners -> owners.remove(owner) && owners.isEmpty());
        names.forEach(name ->
                waiting.computeIfAbsent(name, unknown -> new LinkedHashSet<>()).add(owner));
    }

    /** These names are free now. */
    public void freed(Collection<String> names) {
        var owners = new LinkedHashSet<Owner>();
        synchronized (this) {
            names.forEach(name -> owners.addAll(waiting.getOrDefault(name, Set.of())));
        }
        owners.forEach(
                owner -> listeners.getOrDefault(owner.kind(), List.of()).forEach(listener -> listener.accept(owner)));
    }
}
