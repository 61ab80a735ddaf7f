package cloud.pxc.crds.zone;

/** Types of records that may be declared (RFC 1035, 3596, 2782, 8659). */
public enum RecordType {
    /** IPv4 address. */
    A,
    /** IPv6 address. */
    AAAA,
    /** Another name for. */
    CNAME,
    /** Mail exchange. */
    MX,
    /** Text. */
    TXT,
    /** Service. */
    SRV,
    /** Name server of a delegation. */
    NS,
    /** Name of an address. */
    PTR,
    /** Which authorities may issue certificates. */
    CAA
}
