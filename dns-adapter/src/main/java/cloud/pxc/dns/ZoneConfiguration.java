package cloud.pxc.dns;

import java.util.List;
import java.util.Optional;

/**
 * A zone as it is to be set up on its servers.
 *
 * @param soa first content of the SOA record
 * @param rrsets first content besides: NS records, and addresses of name servers that lie in the zone (without them BIND does
 *     not load it)
 * @param updateKey may change everything in the zone, and transfer it
 * @param transferKey may transfer it
 * @param dnssecPolicy name of a dnssec-policy of the primary, where the zone is to be signed
 */
public record ZoneConfiguration(
        Fqdn zone, Soa soa, List<RRset> rrsets, TsigKey updateKey, TsigKey transferKey, Optional<String> dnssecPolicy) {

    /**
     * RFC 1035 section 3.3.13, times in seconds.
     *
     * @param contact mailbox as a name, for example {@code hostmaster.example.org}
     */
    public record Soa(Fqdn primary, Fqdn contact, long refresh, long retry, long expire, long negativeTtl, long ttl) {}

    public ZoneConfiguration {
        rrsets = List.copyOf(rrsets);
        if (dnssecPolicy.isPresent() && !dnssecPolicy.get().matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("\"" + dnssecPolicy.get() + "\" is no name of a dnssec-policy");
        }
    }
}
