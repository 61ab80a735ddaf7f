package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a zone holds on its primary, transferred when it is first asked for. A lookup would not do: for a name that is not there
 * it answers with the records of a wildcard.
 */
final class ActualZone {

    private final ServedZone zone;
    private Map<RRKey, RRset> rrsets;

    ActualZone(ServedZone zone) {
        this.zone = zone;
    }

    Optional<RRset> at(RRKey key) {
        return Optional.ofNullable(rrsets().get(key));
    }

    /** Everything at a name. */
    List<RRset> at(Fqdn name) {
        return rrsets().values().stream()
                .filter(rrset -> rrset.name().equals(name))
                .toList();
    }

    private Map<RRKey, RRset> rrsets() {
        if (rrsets == null) {
            rrsets = zone.primary().transfer(zone.zone(), zone.updateKey()).rrsets().stream()
                    .collect(Collectors.toMap(RRKey::of, Function.identity()));
        }
        return rrsets;
    }
}
