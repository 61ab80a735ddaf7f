package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** For whom something is written in a zone: what the ledger says, kept in step with it. */
final class WrittenNames {

    private final Map<String, Set<RRKey>> byUid = new HashMap<>();
    private final Map<String, Owner> leaving = new LinkedHashMap<>();

    /** What earlier processes have written. @return all its names */
    Set<Fqdn> load(Collection<AppliedRecord> records) {
        records.forEach(record -> write(RRKey.of(record), record.owners()));
        return records.stream().map(record -> RRKey.of(record).name()).collect(Collectors.toSet());
    }

    Set<Fqdn> of(String uid) {
        return byUid.getOrDefault(uid, Set.of()).stream().map(RRKey::name).collect(Collectors.toSet());
    }

    boolean holds(String uid) {
        return byUid.containsKey(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }

    /** Whether this owner wants to be gone, and has to be told when it is. */
    void leaves(Owner owner, boolean leaves) {
        if (leaves) {
            leaving.put(owner.uid(), owner);
        } else {
            leaving.remove(owner.uid());
        }
    }

    /** Those who wanted to be gone, and are since this was last asked. */
    List<Owner> left() {
        var left = new ArrayList<Owner>();
        leaving.values().removeIf(owner -> !holds(owner.uid()) && left.add(owner));
        return left;
    }

    void note(NameStep step, NameOutcome outcome) {
        switch (outcome) {
            case NameOutcome.Written written -> write(step.key(), step.owners());
            case NameOutcome.Removed removed -> write(step.key(), List.of());
            case NameOutcome.Collided collided -> write(step.key(), List.of());
            case NameOutcome.Failed failed -> {}
            case NameOutcome.Again(var ours) -> write(step.key(), ours ? step.owners() : List.of());
        }
    }

    private void write(RRKey key, List<String> owners) {
        byUid.values().forEach(keys -> keys.remove(key));
        byUid.values().removeIf(Set::isEmpty);
        owners.forEach(
                uid -> byUid.computeIfAbsent(uid, unknown -> new HashSet<>()).add(key));
    }
}
