package cloud.pxc.operator.ingress;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import java.util.List;

/**
 * What a name points to.
 *
 * @param type A, AAAA, or CNAME for a host name
 * @param value as in a zone file
 */
record Target(RecordType type, String value) {

    private static final Fqdn ANY = Fqdn.of("any.test");

    /** @throws IllegalArgumentException with a sentence if it is neither an address nor a host name */
    static Target of(String text) {
        var type = text.contains(":") ? RecordType.AAAA : text.matches("[0-9.]+") ? RecordType.A : RecordType.CNAME;
        try {
            var value = type == RecordType.CNAME ? Fqdn.of(text) + "." : text;
            return new Target(
                    type, RRset.of(ANY, type, 0, List.of(value)).values().getFirst());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither an IP address nor a host name to point to", e);
        }
    }
}
