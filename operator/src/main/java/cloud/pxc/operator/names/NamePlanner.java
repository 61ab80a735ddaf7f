package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.AppliedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Decides what to do about some names of a zone, from what is wanted and what the ledger says is written. */
final class NamePlanner {

    private NamePlanner() {}

    /**
     * @param names the names looked at
     * @param isKnown whether an object (uid) has been heard of since the start, or is known to be gone: what it wanted once and
     *     does not want now may be removed
     */
    static List<NameStep> plan(
            Set<Fqdn> names,
            Map<RRKey, Desire.Wanted> wanted,
            Collection<AppliedRecord> applied,
            Predicate<String> isKnown) {
        var written = new LinkedHashMap<RRKey, AppliedRecord>();
        for (var record : applied) {
            written.put(RRKey.of(record), record);
        }
        var steps = new ArrayList<NameStep>();
        // Removals go first within one update, so that a CNAME can take the place of an address.
        written.forEach((key, record) -> {
            if (!wanted.containsKey(key) && record.owners().stream().allMatch(isKnown)) {
                steps.add(
                        record.state() == AppliedRecord.State.PENDING
                                ? new NameStep.Recover(candidates(key, record), record.owners(), key)
                                : new NameStep.Remove(rrset(key, record, record.values()), record.owners()));
            }
        });
        wanted.forEach((key, want) -> {
            if (names.contains(key.name())) {
                steps.add(step(key, want, written.get(key), isKnown));
            }
        });
        return steps;
    }

    private static NameStep step(RRKey key, Desire.Wanted want, AppliedRecord record, Predicate<String> isKnown) {
        if (record == null) {
            return new NameStep.Create(want.rrset(), want.owners());
        }
        if (record.state() == AppliedRecord.State.PENDING) {
            return new NameStep.Recover(candidates(key, record), record.owners(), key);
        }
        var now = rrset(key, record, record.values());
        var unheard = record.owners().stream()
                .filter(uid -> !want.owners().contains(uid) && !isKnown.test(uid))
                .toList();
        var to = unheard.isEmpty() ? want.rrset() : both(now, want.rrset());
        var owners = new TreeSet<>(want.owners());
        owners.addAll(unheard);
        return now.equals(to)
                ? new NameStep.Keep(now, List.copyOf(owners), record.serial().orElseThrow())
                : new NameStep.Change(now, to, List.copyOf(owners));
    }

    /** Of an object that wanted the name once and has not been heard yet nothing goes; a CNAME has one value all the same. */
    private static RRset both(RRset now, RRset wanted) {
        if (wanted.type() == RecordType.CNAME) {
            return wanted;
        }
        var values = new LinkedHashSet<>(now.values());
        values.addAll(wanted.values());
        return RRset.of(wanted.name(), wanted.type(), wanted.ttl(), values);
    }

    /** What the server may hold of ours after a write whose outcome is not known: the new values, or the previous ones. */
    private static List<RRset> candidates(RRKey key, AppliedRecord record) {
        var candidates = new ArrayList<RRset>();
        if (!record.values().isEmpty()) {
            candidates.add(rrset(key, record, record.values()));
        }
        record.previous().ifPresent(values -> candidates.add(rrset(key, record, values)));
        return candidates;
    }

    private static RRset rrset(RRKey key, AppliedRecord record, List<String> values) {
        return RRset.of(key.name(), key.type(), record.ttl(), values);
    }
}
