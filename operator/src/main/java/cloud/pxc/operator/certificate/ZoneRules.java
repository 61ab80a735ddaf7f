package cloud.pxc.operator.certificate;

import cloud.pxc.crds.zone.Claim;
import cloud.pxc.crds.zone.DnsZone;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the zones say of who may take which names. Pure. */
final class ZoneRules {

    private ZoneRules() {}

    /** The zone a name is in: the longest one that the name is or lies below, on label boundaries. */
    static Optional<DnsZone> zoneOf(String fqdn, Collection<DnsZone> zones) {
        return zones.stream()
                .filter(zone -> isWithin(fqdn, zone.getMetadata().getName()))
                .max(Comparator.comparingInt(
                        zone -> zone.getMetadata().getName().length()));
    }

    /** Why the namespace may not take the name; empty if it may. */
    static Optional<String> refusal(
            String fqdn, String namespace, Map<String, String> namespaceLabels, Collection<DnsZone> zones) {
        var zone = zoneOf(fqdn, zones);
        if (zone.isEmpty()) {
            return Optional.of(fqdn + " is in none of the zones"
                    + (zones.isEmpty()
                            ? "; create the DnsZone it belongs to"
                            : " " + list(zones) + "; choose a name in one of them"));
        }
        var claims = zone.get().getSpec().claims();
        var zoneName = zone.get().getMetadata().getName();
        var relative = fqdn.equals(zoneName) ? "@" : fqdn.substring(0, fqdn.length() - zoneName.length() - 1);
        var allowed = claims.isEmpty()
                || claims.stream()
                        .filter(claim -> speaksOf(claim, namespace, namespaceLabels))
                        .anyMatch(claim -> claim.names().stream().anyMatch(pattern -> covers(pattern, relative)));
        return allowed
                ? Optional.empty()
                : Optional.of("namespace " + namespace + " may not take " + fqdn + " in DnsZone " + zoneName
                        + "; choose a name that spec.claims of the zone gives it, or ask the zone's owner to add one");
    }

    private static String list(Collection<DnsZone> zones) {
        return String.join(
                ", ",
                zones.stream()
                        .map(zone -> zone.getMetadata().getName())
                        .sorted()
                        .toList());
    }

    private static boolean isWithin(String fqdn, String zone) {
        return fqdn.equals(zone) || fqdn.endsWith("." + zone);
    }

    private static boolean covers(String pattern, String relative) {
        if (pattern.equals("*")) {
            return true;
        }
        return pattern.startsWith("*.") ? relative.endsWith(pattern.substring(1)) : pattern.equals(relative);
    }

    private static boolean speaksOf(Claim claim, String namespace, Map<String, String> labels) {
        return claim.namespaces().contains(namespace)
                || (claim.namespaceSelector() != null && selects(claim.namespaceSelector(), labels));
    }

    /** Whether a label selector matches (meta/v1: all of matchLabels and matchExpressions; an empty one matches everything). */
    static boolean selects(LabelSelector selector, Map<String, String> labels) {
        var wanted = selector.getMatchLabels() == null ? Map.<String, String>of() : selector.getMatchLabels();
        var expressions = selector.getMatchExpressions() == null
                ? List.<LabelSelectorRequirement>of()
                : selector.getMatchExpressions();
        return labels.entrySet().containsAll(wanted.entrySet())
                && expressions.stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
