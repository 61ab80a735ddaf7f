package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a whole zone with what the ledger says is written there, and puts back what is ours. */
final class ZoneRepair {

    private final AppliedRecords applied;

    ZoneRepair(AppliedRecords applied) {
        this.applied = applied;
    }

    /**
     * @param repaired how many RRsets were put back
     * @param lost names where somebody else's records stand in the way of ours: the ledger has forgotten ours there
     * @param moved whether somebody was changing records meanwhile, so that it has to be looked again
     */
    record Outcome(int repaired, Set<Fqdn> lost, boolean moved) {}

    Outcome repair(ServedZone zone) {
        var actual = new ActualZone(zone);
        var lost = new HashSet<Fqdn>();
        var moved = false;
        var repaired = 0;
        for (var record : applied.of(zone.zone().text())) {
            var drifted = drifted(record, actual);
            if (drifted.isPresent()) {
                var ours = drifted.get();
                if (isInTheWay(ours, actual)) {
                    applied.remove(List.of(record));
                    lost.add(ours.name());
                } else if (putBack(zone, ours, actual)) {
                    repaired++;
                } else {
                    moved = true;
                }
            }
        }
        return new Outcome(repaired, lost, moved);
    }

    /** What is ours, if it is not what the zone holds. */
    private static Optional<RRset> drifted(AppliedRecord record, ActualZone actual) {
        if (record.state() != AppliedRecord.State.APPLIED) {
            return Optional.empty();
        }
        var key = RRKey.of(record);
        var ours = RRset.of(key.name(), key.type(), record.ttl(), record.values());
        return actual.at(key).equals(Optional.of(ours)) ? Optional.empty() : Optional.of(ours);
    }

    private static boolean isInTheWay(RRset ours, ActualZone actual) {
        return actual.at(ours.name()).stream()
                .anyMatch(there -> there.type() != ours.type()
                        && (there.type() == RecordType.CNAME || ours.type() == RecordType.CNAME));
    }

    private static boolean putBack(ServedZone zone, RRset ours, ActualZone actual) {
        try {
            zone.primary().update(WriteMessage.repair(zone.zone(), ours, actual.at(RRKey.of(ours))), zone.updateKey());
            return true;
        } catch (DnsException.PrerequisiteFailed e) {
            return false;
        }
    }
}
