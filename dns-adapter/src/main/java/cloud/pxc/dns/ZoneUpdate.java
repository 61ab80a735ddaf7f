package cloud.pxc.dns;

import java.util.List;

/**
 * Changes of one zone that are made all or none (RFC 2136).
 *
 * @param prerequisites what must be so for anything to be changed
 */
public record ZoneUpdate(Fqdn zone, List<Prerequisite> prerequisites, List<Change> changes) {

    public ZoneUpdate {
        prerequisites = List.copyOf(prerequisites);
        changes = List.copyOf(changes);
    }

    /** RFC 2136 section 2.4. */
    public sealed interface Prerequisite {

        /** There is no RRset of that type at that name. */
        record Absent(Fqdn name, RecordType type) implements Prerequisite {}

        /** Nothing at all is at that name. */
        record NameUnused(Fqdn name) implements Prerequisite {}

        /** The RRset has exactly these values, whatever its time to live. */
        record Exactly(RRset rrset) implements Prerequisite {}
    }

    /** RFC 2136 section 2.5. */
    public sealed interface Change {

        /**
         * The RRset is to be this one, whatever it was; except the zone's own NS records, to which values are added only (section
         * 3.4.2.4): what is to go of them has to be dropped.
         */
        record Put(RRset rrset) implements Change {}

        /** These values are to be gone; others of the RRset stay. The last NS record of a zone stays too. */
        record Drop(RRset rrset) implements Change {}

        /** The RRset is to be gone. */
        record Delete(Fqdn name, RecordType type) implements Change {}
    }
}
