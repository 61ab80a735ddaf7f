package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does the steps of one zone: notes in the ledger what is about to be written, sends one update for all of it, notes that it is
 * written. An update that the server refuses for what is in it is taken apart until the name that is to blame is found.
 */
final class ZoneExecutor {

    /** When that many names fail one by one, it is not the names. */
    private static final int MOST_FAILURES = 4;

    private final AppliedRecords applied;

    ZoneExecutor(AppliedRecords applied) {
        this.applied = applied;
    }

    /** @throws DnsException or LedgerUnavailable if a step's outcome is not known; the ledger holds the intent then */
    Map<RRKey, NameOutcome> execute(ServedZone zone, List<NameStep> steps) {
        return new Pass(zone).execute(steps);
    }

    private final class Pass {

        private final ServedZone zone;
        private final Collisions collisions;
        private final Map<RRKey, NameOutcome> outcomes = new HashMap<>();
        private int failures;

        Pass(ServedZone zone) {
            this.zone = zone;
            this.collisions = new Collisions(zone, applied);
        }

        Map<RRKey, NameOutcome> execute(List<NameStep> steps) {
            var writes = new ArrayList<NameStep.Write>();
            var notes = new ArrayList<AppliedRecord>();
            for (var step : steps) {
                switch (step) {
                    case NameStep.Recover recover -> outcomes.put(recover.key(), collisions.recover(recover));
                    case NameStep.Keep keep -> {
                        notes.add(AppliedNote.applied(zone.zone(), keep.rrset(), keep.owners(), keep.serial()));
                        outcomes.put(keep.key(), new NameOutcome.Written(keep.serial()));
                    }
                    case NameStep.Write write -> writes.add(write);
                }
            }
            noteOwners(notes);
            if (!writes.isEmpty()) {
                applied.put(writes.stream()
                        .map(write -> AppliedNote.intent(zone.zone(), write))
                        .toList());
                write(writes);
            }
            return outcomes;
        }

        private void noteOwners(List<AppliedRecord> notes) {
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

        private void write(List<NameStep.Write> writes) {
            try {
                zone.primary().update(WriteMessage.of(zone.zone(), writes), zone.updateKey());
                settle(writes);
            } catch (DnsException.PrerequisiteFailed e) {
                if (writes.size() == 1) {
                    var step = writes.getFirst();
                    outcomes.put(step.key(), collisions.settle(step));
                } else {
                    halves(writes).forEach(this::write);
                }
            } catch (DnsException.ServerFailed | DnsException.TooLarge e) {
                if (writes.size() > 1) {
                    halves(writes).forEach(this::write);
                } else {
                    failures++;
                    if (failures >= MOST_FAILURES) {
                        throw e;
                    }
                    outcomes.put(
                            writes.getFirst().key(), new NameOutcome.Failed(Publication.Cause.of(e), e.getMessage()));
                }
            }
        }

        private void settle(List<NameStep.Write> writes) {
            var serial = zone.serial();
            var written = new ArrayList<AppliedRecord>();
            var removed = new ArrayList<AppliedRecord>();
            for (var step : writes) {
                NameOutcome outcome =
                        switch (step) {
                            case NameStep.Create(var to, var owners) -> {
                                if (to.type() == RecordType.CNAME && isIgnored(to.name(), writes)) {
                                    yield collisions.settle(step);
                                }
                                written.add(AppliedNote.applied(zone.zone(), to, owners, serial));
                                yield new NameOutcome.Written(serial);
                            }
                            case NameStep.Change(var from, var to, var owners) -> {
                                written.add(AppliedNote.applied(zone.zone(), to, owners, serial));
                                yield new NameOutcome.Written(serial);
                            }
                            case NameStep.Remove(var from, var owners) -> {
                                removed.add(AppliedNote.of(zone.zone(), step.key()));
                                yield new NameOutcome.Removed(serial);
                            }
                        };
                outcomes.put(step.key(), outcome);
            }
            applied.put(written);
            applied.remove(removed);
        }

        /** A CNAME that takes the place of other records of ours is ignored without a word when somebody else's are there too. */
        private boolean isIgnored(Fqdn name, List<NameStep.Write> writes) {
            var replaces = writes.stream()
                    .anyMatch(step ->
                            step instanceof NameStep.Remove && step.key().name().equals(name));
            return replaces && zone.primary().lookup(name, RecordType.CNAME).isEmpty();
        }
    }

    /** Removes everything that is written in the zone, and only that. */
    void erase(ServedZone zone) {
        for (var record : applied.of(zone.zone().text())) {
            var values = new ArrayList<>(record.values());
            record.previous().ifPresent(values::addAll);
            var ours = RRset.of(RRKey.of(record).name(), RRKey.of(record).type(), record.ttl(), values);
            zone.primary()
                    .update(new ZoneUpdate(zone.zone(), List.of(), List.of(new Change.Drop(ours))), zone.updateKey());
            applied.remove(List.of(record));
        }
    }

    /** In two, without parting the steps of one name: a removal may make room for what comes in its place. */
    private static List<List<NameStep.Write>> halves(List<NameStep.Write> writes) {
        var byName =
                writes.stream().collect(Collectors.groupingBy(step -> step.key().name()));
        if (byName.size() == 1) {
            return writes.stream().map(List::of).toList();
        }
        var groups = List.copyOf(byName.values());
        var middle = groups.size() / 2;
        return List.of(flat(groups.subList(0, middle)), flat(groups.subList(middle, groups.size())));
    }

    private static List<NameStep.Write> flat(Collection<List<NameStep.Write>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }
}
