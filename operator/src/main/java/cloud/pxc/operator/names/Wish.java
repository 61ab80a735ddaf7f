package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants a name to say.
 *
 * @param values in presentation form, names with their dot at the end
 * @param ttlSeconds kept within the zone's bounds; the zone's default where none is given
 */
public record Wish(Fqdn name, RecordType type, List<String> values, Optional<Long> ttlSeconds) {

    /** @throws IllegalArgumentException if no record can say that; the message says why: a writer of many wishes must not find out */
    public Wish {
        values = RRset.of(name, type, 0, values).values();
        if (type == RecordType.CNAME && values.size() > 1) {
            throw new IllegalArgumentException(name + " can be a CNAME of one name only, not of "
                    + String.join(" and ", values) + "; leave one of them");
        }
    }

    public static Wish of(Fqdn name, RecordType type, List<String> values) {
        return new Wish(name, type, values, Optional.empty());
    }

    RRKey key() {
        return new RRKey(name, type);
    }
}
