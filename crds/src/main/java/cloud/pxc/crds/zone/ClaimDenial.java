package cloud.pxc.crds.zone;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody who may not have a name is told: why, and what to do. The same sentence from admission and from the operator.
 *
 * @param namespace that wants names
 * @param labels of that namespace
 * @param zones all there are
 */
public record ClaimDenial(String namespace, Map<String, String> labels, Collection<DnsZone> zones) {

    /** Whether a zone of the cloud holds the name. */
    public boolean serves(String fqdn) {
        return ClaimPolicy.zoneOf(fqdn, zones).isPresent();
    }

    /** Why the namespace may not have a name, whoever holds it; empty where it may. */
    public Optional<String> byPolicy(String fqdn) {
        var zone = ClaimPolicy.zoneOf(fqdn, zones);
        if (zone.isEmpty()) {
            return Optional.of(fqdn + " lies in no zone of this cloud" + zoneRemedy());
        }
        return ClaimPolicy.allows(zone.get(), namespace, labels, fqdn)
                ? Optional.empty()
                : Optional.of("namespace " + namespace + " may not take " + fqdn + "; " + remedy(zone.get()));
    }

    /**
     * That somebody else was there first.
     *
     * @param holder as a person is told of it, for example {@code namespace team-a (Ingress web)}
     */
    public String byHolder(String fqdn, String holder, Instant since) {
        return fqdn + " is held by " + holder + " since "
                + since.atOffset(ZoneOffset.UTC).toLocalDate() + "; ask its owner to let it go, or "
                + ClaimPolicy.zoneOf(fqdn, zones).map(this::remedy).orElse("choose another name");
    }

    private String zoneRemedy() {
        var known = zones.stream()
                .map(zone -> zone.getMetadata().getName())
                .sorted()
                .collect(Collectors.joining(", "));
        return known.isEmpty()
                ? "; declare a DnsZone for it"
                : " (" + known + "); choose a name in one of them, or annotate an Ingress whose names are looked after "
                        + "elsewhere with pxc.cloud/dns: \"off\"";
    }

    private String remedy(DnsZone zone) {
        var patterns = ClaimPolicy.patterns(zone, namespace, labels).stream()
                .map(pattern -> ClaimPolicy.inFull(pattern, zone))
                .toList();
        var under =
                patterns.stream().filter(pattern -> pattern.startsWith("*.")).toList();
        var exact = patterns.stream()
                .filter(pattern -> !pattern.startsWith("*.") && !under.contains("*." + pattern))
                .toList();
        if (patterns.isEmpty()) {
            return "ask whoever keeps DnsZone " + zone.getMetadata().getName()
                    + " to let this namespace claim names in it";
        }
        return "choose " + (under.isEmpty() ? oneOf(exact) : "a name under " + oneOf(under));
    }

    private static String oneOf(List<String> names) {
        return String.join(" or ", names);
    }
}
