package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.ledger.AppliedRecord;
import java.util.List;
import java.util.Optional;

/** What is noted in the ledger of RRsets, before and after they are written. */
final class AppliedNote {

    private AppliedNote() {}

    /** Before: the server may hold what it had or what it is to have. */
    static AppliedRecord intent(Fqdn zone, NameStep.Write step) {
        return switch (step) {
            case NameStep.Create(var to, var owners) -> pending(zone, to, to.values(), Optional.empty(), owners);
            case NameStep.Change(var from, var to, var owners) ->
                pending(zone, to, to.values(), Optional.of(from.values()), owners);
            case NameStep.Remove(var from, var owners) ->
                pending(zone, from, List.of(), Optional.of(from.values()), owners);
        };
    }

    /** After: the server has said yes. */
    static AppliedRecord applied(Fqdn zone, RRset rrset, List<String> owners, long serial) {
        return new AppliedRecord(
                zone.text(),
                rrset.name().text(),
                rrset.type().name(),
                rrset.ttl(),
                rrset.values(),
                Optional.empty(),
                owners,
                AppliedRecord.State.APPLIED,
                Optional.of(serial));
    }

    /** Names what is to be forgotten. */
    static AppliedRecord of(Fqdn zone, RRKey key) {
        return new AppliedRecord(
                zone.text(),
                key.name().text(),
                key.type().name(),
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                AppliedRecord.State.PENDING,
                Optional.empty());
    }

    private static AppliedRecord pending(
            Fqdn zone, RRset rrset, List<String> values, Optional<List<String>> previous, List<String> owners) {
        return new AppliedRecord(
                zone.text(),
                rrset.name().text(),
                rrset.type().name(),
                rrset.ttl(),
                values,
                previous,
                owners,
                AppliedRecord.State.PENDING,
                Optional.empty());
    }
}
