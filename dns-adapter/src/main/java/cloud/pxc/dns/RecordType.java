package cloud.pxc.dns;

import org.xbill.DNS.Type;

/** Types of records that are written. */
public enum RecordType {
    A,
    AAAA,
    CNAME,
    MX,
    TXT,
    SRV,
    NS,
    PTR,
    CAA,
    SOA;

    int code() {
        return Type.value(name());
    }
}
