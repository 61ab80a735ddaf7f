package cloud.pxc.crds.zone;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a zone says about who may take which names in it: the meaning of {@code spec.claims}, the same for admission and for the
 * operator. Names are in lower case, without a dot at the end.
 */
public final class ClaimPolicy {

    private ClaimPolicy() {}

    /** The zone a name lies in: of several the one with the longest name; {@code notexample.org} does not lie in {@code example.org}. */
    public static Optional<DnsZone> zoneOf(String fqdn, Collection<DnsZone> zones) {
        return zones.stream()
                .filter(zone -> lies(fqdn, zone.getMetadata().getName()))
                .max(Comparator.comparingInt(
                        zone -> zone.getMetadata().getName().length()));
    }

    /** Whether objects of that namespace may take the name. */
    public static boolean allows(DnsZone zone, String namespace, Map<String, String> labels, String fqdn) {
        var claims = zone.getSpec().claims();
        return claims.isEmpty()
                || patterns(zone, namespace, labels).stream()
                        .anyMatch(pattern ->
                                matches(pattern, fqdn, zone.getMetadata().getName()));
    }

    /** The patterns of names, relative to the zone, that a namespace may take. */
    public static List<String> patterns(DnsZone zone, String namespace, Map<String, String> labels) {
        if (zone.getSpec().claims().isEmpty()) {
            return List.of("*");
        }
        return zone.getSpec().claims().stream()
                .filter(claim -> speaksOf(claim, namespace, labels))
                .flatMap(claim -> claim.names().stream())
                .distinct()
                .toList();
    }

    /** A pattern as a person reads it, in full: {@code *.lab} in {@code example.org} is {@code *.lab.example.org}. */
    public static String inFull(String pattern, DnsZone zone) {
        var name = zone.getMetadata().getName();
        return pattern.equals("@") ? name : pattern + "." + name;
    }

    private static boolean lies(String fqdn, String zone) {
        return fqdn.equals(zone) || fqdn.endsWith("." + zone);
    }

    private static boolean speaksOf(Claim claim, String namespace, Map<String, String> labels) {
        return claim.namespaceSelector() == null
                ? claim.namespaces().contains(namespace)
                : selects(claim.namespaceSelector(), labels);
    }

    private static boolean matches(String pattern, String fqdn, String zone) {
        if (pattern.equals("@")) {
            return fqdn.equals(zone);
        }
        if (pattern.equals("*")) {
            return fqdn.endsWith("." + zone);
        }
        return pattern.startsWith("*.")
                ? fqdn.endsWith("." + pattern.substring(2) + "." + zone)
                : fqdn.equals(pattern + "." + zone);
    }

    /** As the API server reads a label selector: an empty one selects everything. */
    public static boolean selects(LabelSelector selector, Map<String, String> labels) {
        var own = labels == null ? Map.<String, String>of() : labels;
        var equal = selector.getMatchLabels() == null
                || selector.getMatchLabels().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(own.get(wanted.getKey())));
        return equal
                && (selector.getMatchExpressions() == null
                        || selector.getMatchExpressions().stream().allMatch(wanted -> holds(wanted, own)));
    }

    private static boolean holds(LabelSelectorRequirement wanted, Map<String, String> labels) {
        var value = labels.get(wanted.getKey());
        return switch (wanted.getOperator()) {
            case "In" -> value != null && wanted.getValues().contains(value);
            case "NotIn" -> value == null || !wanted.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
