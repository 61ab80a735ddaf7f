package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.AppliedRecord;

/** Identity of an RRset within a zone. */
record RRKey(Fqdn name, RecordType type) {

    static RRKey of(RRset rrset) {
        return new RRKey(rrset.name(), rrset.type());
    }

    static RRKey of(AppliedRecord record) {
        return new RRKey(Fqdn.of(record.name()), RecordType.valueOf(record.type()));
    }
}
