package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.dns.ZoneUpdate.Prerequisite;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does the steps of one zone: notes in the ledger what is about to be written, sends one update for all of it, notes that it is
 * written. An update that the server refuses for what it holds is taken apart until the name that collides is found.
 */
final class ZoneExecutor {

    private final AppliedRecords applied;

    ZoneExecutor(AppliedRecords applied) {
        this.applied = applied;
    }

    /** @throws DnsException or LedgerUnavailable if a step's outcome is not known; the ledger holds the intent then */
    Map<RRKey, NameOutcome> execute(ServedZone zone, List<NameStep> steps) {
        var outcomes = new HashMap<RRKey, NameOutcome>();
        var writes = new ArrayList<NameStep>();
        var notes = new ArrayList<AppliedRecord>();
        for (var step : steps) {
            switch (step) {
                case NameStep.Recover(var candidates, var key) -> outcomes.put(key, recover(zone, key, candidates));
                case NameStep.Keep keep -> {
                    notes.add(record(zone, keep.rrset(), keep.owners(), keep.serial()));
                    outcomes.put(keep.key(), new NameOutcome.Written(keep.serial()));
                }
                case NameStep.Create create -> writes.add(create);
                case NameStep.Change change -> writes.add(change);
                case NameStep.Remove remove -> writes.add(remove);
            }
        }
        noteOwners(zone, notes);
        if (!writes.isEmpty()) {
            applied.put(writes.stream().map(step -> intent(zone, step)).toList());
            outcomes.putAll(write(zone, writes));
        }
        return outcomes;
    }

    /** Puts back RRsets that are not what the ledger says; returns how many were not. */
    int repair(ServedZone zone) {
        var content = zone.primary().transfer(zone.zone(), zone.updateKey());
        var actual = content.rrsets().stream()
                .collect(Collectors.toMap(rrset -> new RRKey(rrset.name(), rrset.type()), rrset -> rrset));
        var drifted = new ArrayList<AppliedRecord>();
        for (var record : applied.of(zone.zone().text())) {
            var ours = rrset(record);
            if (record.state() == AppliedRecord.State.APPLIED
                    && !ours.equals(actual.get(new RRKey(ours.name(), ours.type())))) {
                drifted.add(record);
            }
        }
        for (var record : drifted) {
            var ours = rrset(record);
            var there = Optional.ofNullable(actual.get(new RRKey(ours.name(), ours.type())));
            var prerequisite = there.<Prerequisite>map(Prerequisite.Exactly::new)
                    .orElseGet(() -> new Prerequisite.Absent(ours.name(), ours.type()));
            zone.primary()
                    .update(
                            new ZoneUpdate(zone.zone(), List.of(prerequisite), List.of(new Change.Put(ours))),
                            zone.updateKey());
            applied.put(List.of(record(zone, ours, record.owners(), serial(zone))));
        }
        return drifted.size();
    }

    private void noteOwners(ServedZone zone, List<AppliedRecord> notes) {
        if (notes.isEmpty()) {
            return;
        }
        var names = notes.stream().map(AppliedRecord::name).collect(Collectors.toSet());
        var known = Set.copyOf(applied.at(zone.zone().text(), names));
        var changed = notes.stream().filter(note -> !known.contains(note)).toList();
        if (!changed.isEmpty()) {
            applied.put(changed);
        }
    }

    private Map<RRKey, NameOutcome> write(ServedZone zone, List<NameStep> writes) {
        try {
            zone.primary().update(update(zone.zone(), writes), zone.updateKey());
            return settle(zone, writes);
        } catch (DnsException.PrerequisiteFailed e) {
            if (writes.size() == 1) {
                var step = writes.getFirst();
                return Map.of(step.key(), collide(zone, step));
            }
            var outcomes = new HashMap<RRKey, NameOutcome>();
            for (var half : halves(writes)) {
                outcomes.putAll(write(zone, half));
            }
            return outcomes;
        }
    }

    /** In two, without parting the steps of one name: a removal may make room for what comes in its place. */
    private static List<List<NameStep>> halves(List<NameStep> writes) {
        var byName =
                writes.stream().collect(Collectors.groupingBy(step -> step.key().name()));
        if (byName.size() == 1) {
            return writes.stream().map(List::of).toList();
        }
        var groups = List.copyOf(byName.values());
        var middle = groups.size() / 2;
        return List.of(flat(groups.subList(0, middle)), flat(groups.subList(middle, groups.size())));
    }

    private static List<NameStep> flat(Collection<List<NameStep>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    private static ZoneUpdate update(Fqdn zone, List<NameStep> writes) {
        var emptied = writes.stream()
                .filter(NameStep.Remove.class::isInstance)
                .map(step -> step.key().name())
                .collect(Collectors.toSet());
        var prerequisites = new ArrayList<Prerequisite>();
        var changes = new ArrayList<Change>();
        for (var step : writes) {
            switch (step) {
                case NameStep.Create(var to, var owners) -> {
                    prerequisites.add(room(to, emptied.contains(to.name())));
                    if (to.type() != RecordType.CNAME && !emptied.contains(to.name())) {
                        // BIND takes records beside a CNAME without a word, and drops them.
                        prerequisites.add(new Prerequisite.Absent(to.name(), RecordType.CNAME));
                    }
                    changes.add(new Change.Put(to));
                }
                case NameStep.Change(var from, var to, var owners) -> {
                    prerequisites.add(new Prerequisite.Exactly(from));
                    changes.add(new Change.Put(to));
                }
                case NameStep.Remove(var from) -> {
                    prerequisites.add(new Prerequisite.Exactly(from));
                    changes.add(new Change.Delete(from.name(), from.type()));
                }
                case NameStep.Keep keep -> {}
                case NameStep.Recover recover -> {}
            }
        }
        return new ZoneUpdate(zone, prerequisites, changes);
    }

    private static Prerequisite room(RRset to, boolean emptied) {
        return to.type() == RecordType.CNAME && !emptied
                ? new Prerequisite.NameUnused(to.name())
                : new Prerequisite.Absent(to.name(), to.type());
    }

    private Map<RRKey, NameOutcome> settle(ServedZone zone, List<NameStep> writes) {
        var serial = serial(zone);
        var written = new ArrayList<AppliedRecord>();
        var removed = new ArrayList<AppliedRecord>();
        var outcomes = new HashMap<RRKey, NameOutcome>();
        for (var step : writes) {
            switch (step) {
                case NameStep.Create(var to, var owners) -> written.add(record(zone, to, owners, serial));
                case NameStep.Change(var from, var to, var owners) -> written.add(record(zone, to, owners, serial));
                case NameStep.Remove(var from) -> removed.add(record(zone, from, List.of(), serial));
                case NameStep.Keep keep -> {}
                case NameStep.Recover recover -> {}
            }
            outcomes.put(
                    step.key(),
                    step instanceof NameStep.Remove
                            ? new NameOutcome.Removed(serial)
                            : new NameOutcome.Written(serial));
        }
        applied.put(written);
        applied.remove(removed);
        return outcomes;
    }

    /** The server holds something else than it should: somebody else's records are left alone, our own are put right. */
    private NameOutcome collide(ServedZone zone, NameStep step) {
        var key = step.key();
        var there = zone.primary().lookup(key.name(), key.type());
        return switch (step) {
            case NameStep.Create create -> {
                applied.remove(List.of(intent(zone, create)));
                yield new NameOutcome.Collided(there.map(rrset -> key.name() + " has " + rrset.type()
                                + " records in zone "
                                + zone.zone() + " that the operator did not write (" + String.join(", ", rrset.values())
                                + "); remove them there, or choose another name")
                        .orElseGet(() -> key.name() + " has records of another type in zone " + zone.zone()
                                + " that the operator did not write, and that tolerate none of type " + key.type()
                                + "; remove them there, or choose another name"));
            }
            case NameStep.Change(var from, var to, var owners) -> {
                settleAt(zone, key, there, owners);
                yield new NameOutcome.Again();
            }
            case NameStep.Remove(var from) -> {
                // Not what was written any more: it is somebody else's now.
                applied.remove(List.of(record(zone, from, List.of(), 0)));
                yield new NameOutcome.Removed(0);
            }
            case NameStep.Keep keep -> new NameOutcome.Again();
            case NameStep.Recover recover -> new NameOutcome.Again();
        };
    }

    private NameOutcome recover(ServedZone zone, RRKey key, List<RRset> candidates) {
        var there = zone.primary().lookup(key.name(), key.type());
        var ours = there.filter(rrset -> candidates.stream().anyMatch(rrset::sameData));
        var owners = applied.at(zone.zone().text(), List.of(key.name().text())).stream()
                .filter(record -> record.type().equals(key.type().name()))
                .flatMap(record -> record.owners().stream())
                .toList();
        settleAt(zone, key, ours, owners);
        return new NameOutcome.Again();
    }

    /** Notes what the server has as what is written; nothing where it has nothing of ours. */
    private void settleAt(ServedZone zone, RRKey key, Optional<RRset> there, List<String> owners) {
        if (there.isPresent()) {
            applied.put(List.of(record(zone, there.get(), owners, serial(zone))));
        } else {
            applied.remove(List.of(new AppliedRecord(
                    zone.zone().text(),
                    key.name().text(),
                    key.type().name(),
                    0,
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    AppliedRecord.State.PENDING,
                    Optional.empty())));
        }
    }

    private static long serial(ServedZone zone) {
        return zone.primary()
                .serial(zone.zone())
                .orElseThrow(() -> new IllegalStateException("zone " + zone.zone() + " vanished from "
                        + zone.primary().server()))
                .value();
    }

    private static AppliedRecord intent(ServedZone zone, NameStep step) {
        return switch (step) {
            case NameStep.Create(var to, var owners) -> pending(zone, to, to.values(), Optional.empty(), owners);
            case NameStep.Change(var from, var to, var owners) ->
                pending(zone, to, to.values(), Optional.of(from.values()), owners);
            case NameStep.Remove(var from) -> pending(zone, from, List.of(), Optional.of(from.values()), List.of());
            case NameStep.Keep keep -> throw new IllegalArgumentException("nothing is about to be written: " + keep);
            case NameStep.Recover recover ->
                throw new IllegalArgumentException("nothing is about to be written: " + recover);
        };
    }

    private static AppliedRecord pending(
            ServedZone zone, RRset rrset, List<String> values, Optional<List<String>> previous, List<String> owners) {
        return new AppliedRecord(
                zone.zone().text(),
                rrset.name().text(),
                rrset.type().name(),
                rrset.ttl(),
                values,
                previous,
                owners,
                AppliedRecord.State.PENDING,
                Optional.empty());
    }

    private static AppliedRecord record(ServedZone zone, RRset rrset, List<String> owners, long serial) {
        return new AppliedRecord(
                zone.zone().text(),
                rrset.name().text(),
                rrset.type().name(),
                rrset.ttl(),
                rrset.values(),
                Optional.empty(),
                owners,
                AppliedRecord.State.APPLIED,
                Optional.of(serial));
    }

    private static RRset rrset(AppliedRecord record) {
        return RRset.of(Fqdn.of(record.name()), RecordType.valueOf(record.type()), record.ttl(), record.values());
    }
}
