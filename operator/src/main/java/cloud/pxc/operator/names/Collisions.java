package cloud.pxc.operator.names;

import cloud.pxc.dns.RRset;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.ledger.AppliedRecords;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server holds something else than it should: somebody else's records are left alone, our own are put right. */
final class Collisions {

    private final ServedZone zone;
    private final AppliedRecords applied;
    private final ActualZone actual;

    Collisions(ServedZone zone, AppliedRecords applied) {
        this.zone = zone;
        this.applied = applied;
        this.actual = new ActualZone(zone);
    }

    /** What to do about a step whose prerequisites failed. */
    NameOutcome settle(NameStep.Write step) {
        return switch (step) {
            case NameStep.Create(var to, var owners) -> {
                applied.remove(List.of(AppliedNote.of(zone.zone(), step.key())));
                yield new NameOutcome.Collided(collision(to));
            }
            case NameStep.Change(var from, var to, var owners) -> note(step.key(), actual.at(step.key()), owners);
            case NameStep.Remove(var from, var owners) -> {
                // Somebody has added to it or changed it: what is left of ours goes, the rest is theirs now.
                zone.primary()
                        .update(
                                new ZoneUpdate(zone.zone(), List.of(), List.of(new Change.Drop(from))),
                                zone.updateKey());
                applied.remove(List.of(AppliedNote.of(zone.zone(), step.key())));
                yield new NameOutcome.Removed(zone.serial());
            }
        };
    }

    /** Finds out whether a write that was cut off was carried out. */
    NameOutcome recover(NameStep.Recover step) {
        var ours =
                actual.at(step.key()).filter(rrset -> step.candidates().stream().anyMatch(rrset::sameData));
        return note(step.key(), ours, step.owners());
    }

    /** Notes what the server has as what is written; nothing where it has nothing of ours. */
    private NameOutcome note(RRKey key, Optional<RRset> there, List<String> owners) {
        if (there.isPresent()) {
            applied.put(List.of(AppliedNote.applied(zone.zone(), there.get(), owners, zone.serial())));
        } else {
            applied.remove(List.of(AppliedNote.of(zone.zone(), key)));
        }
        return new NameOutcome.Again(there.isPresent());
    }

    private String collision(RRset wanted) {
        var there = actual.at(wanted.name()).stream()
                .map(rrset -> rrset.type() + " " + String.join(", ", rrset.values()))
                .collect(Collectors.joining("; "));
        return wanted.name() + " has records in zone " + zone.zone() + " that the operator did not write"
                + (there.isEmpty() ? "" : " (" + there + ")") + ", so that it can't get "
                + wanted.type() + " records; remove them there, or choose another name";
    }
}
