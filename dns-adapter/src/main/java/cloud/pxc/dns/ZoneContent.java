package cloud.pxc.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * A whole zone as it was at one serial.
 *
 * @param rrsets all RRsets of known types at names as {@link Fqdn} knows them, the SOA left out
 */
public record ZoneContent(Fqdn zone, Serial serial, List<RRset> rrsets) {

    public ZoneContent {
        rrsets = List.copyOf(rrsets);
    }

    /** A transfer starts and ends with the zone's SOA (RFC 5936 section 2.2), else it is not whole. */
    static ZoneContent of(Fqdn zone, List<Record> transferred) {
        var whole = transferred.size() >= 2
                && transferred.getFirst() instanceof SOARecord first
                && transferred.getLast() instanceof SOARecord last
                && first.getSerial() == last.getSerial();
        if (!whole) {
            throw new DnsException.ServerFailed("the transfer of zone " + zone + " was cut short; it is tried again");
        }
        var serial = new Serial(((SOARecord) transferred.getFirst()).getSerial());
        var records = transferred.stream()
                .filter(record -> record.getType() != Type.SOA)
                .toList();
        return new ZoneContent(zone, serial, group(records));
    }

    /** Groups records to RRsets. */
    private static List<RRset> group(List<Record> records) {
        var grouped = new LinkedHashMap<String, List<Record>>();
        for (var record : records) {
            if (known(record.getType())) {
                grouped.computeIfAbsent(record.getName() + " " + record.getType(), unknown -> new ArrayList<>())
                        .add(record);
            }
        }
        return grouped.values().stream().flatMap(same -> rrset(same).stream()).toList();
    }

    private static Optional<RRset> rrset(List<Record> records) {
        var first = records.getFirst();
        return name(first)
                .map(name -> RRset.of(
                        name,
                        RecordType.valueOf(Type.string(first.getType())),
                        first.getTTL(),
                        records.stream().map(Record::rdataToString).toList()));
    }

    /** A name may hold any octets (RFC 2181 section 11); those that are no host names are none of ours. */
    private static Optional<Fqdn> name(Record record) {
        try {
            return Optional.of(Fqdn.of(record.getName().toString(true)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean known(int type) {
        for (var each : RecordType.values()) {
            if (each.code() == type) {
                return true;
            }
        }
        return false;
    }
}
