package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;

/** Identity of an RRset within a zone. */
record RRKey(Fqdn name, RecordType type) {}
