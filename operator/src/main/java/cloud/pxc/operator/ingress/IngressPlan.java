package cloud.pxc.operator.ingress;

import cloud.pxc.crds.ingress.IngressHosts;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.operator.names.Wish;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an Ingress wants of DNS: pure, from the object alone.
 *
 * @param off whether its owner said to leave it alone
 * @param hosts names it wants; none for one without hosts, or with a default backend only
 * @param ownTargets what it says itself to point to; none where it says nothing, an empty list where it can't be understood
 * @param problems hosts or annotations that can't be understood, a sentence each
 */
record IngressPlan(
        boolean off, Set<Fqdn> hosts, Optional<Long> ttl, Optional<List<Target>> ownTargets, List<String> problems) {

    private static final List<String> TARGET = List.of("pxc.cloud/target", "external-dns.alpha.kubernetes.io/target");
    private static final List<String> TTL = List.of("pxc.cloud/ttl", "external-dns.alpha.kubernetes.io/ttl");

    /** Names with what they are to point to; {@code unpointed} are sentences about names that there is nothing to point to. */
    record Pointed(List<Wish> wishes, List<String> unpointed) {}

    static IngressPlan of(Ingress ingress) {
        var annotations =
                Optional.ofNullable(ingress.getMetadata().getAnnotations()).orElse(Map.of());
        var asked = IngressHosts.of(ingress);
        if (asked.off()) {
            return new IngressPlan(true, Set.of(), Optional.empty(), Optional.empty(), List.of());
        }
        var problems = new ArrayList<>(asked.problems());
        var hosts = asked.names().stream().map(Fqdn::of).collect(Collectors.toCollection(TreeSet::new));
        var targets = first(annotations, TARGET).map(IngressPlan::list).or(() -> addresses(ingress));
        return new IngressPlan(
                false, hosts, ttl(annotations, problems), targets.map(texts -> targets(texts, problems)), problems);
    }

    /** Points the granted names to the Ingress' own addresses, or else to those of their zone. */
    Pointed point(Set<Fqdn> granted, Function<Fqdn, Optional<DnsZone>> zoneOf) {
        var wishes = new ArrayList<Wish>();
        var unpointed = new ArrayList<String>();
        for (var host : hosts) {
            if (granted.contains(host)) {
                var targets = ownTargets.orElseGet(() -> zoneTargets(zoneOf.apply(host)));
                if (!targets.isEmpty()) {
                    wishes.addAll(wishes(host, targets));
                } else if (ownTargets.isEmpty()) {
                    unpointed.add(
                            host
                                    + " has nothing to point to: the Ingress has no address yet, and its zone no spec.ingress.targets");
                }
            }
        }
        return new Pointed(wishes, unpointed);
    }

    private List<Wish> wishes(Fqdn host, List<Target> targets) {
        var wishes = new ArrayList<Wish>();
        for (var type : List.of(RecordType.A, RecordType.AAAA, RecordType.CNAME)) {
            var values = targets.stream()
                    .filter(target -> target.type() == type)
                    .map(Target::value)
                    .toList();
            // A CNAME tolerates nothing beside it: addresses, where there are any, are better.
            if (!values.isEmpty() && (type != RecordType.CNAME || wishes.isEmpty())) {
                wishes.add(new Wish(host, type, type == RecordType.CNAME ? values.subList(0, 1) : values, ttl));
            }
        }
        return wishes;
    }

    private static List<Target> targets(List<String> texts, List<String> problems) {
        var targets = new ArrayList<Target>();
        for (var text : texts) {
            try {
                targets.add(Target.of(text));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        return targets;
    }

    private static List<Target> zoneTargets(Optional<DnsZone> zone) {
        return zone.map(found -> found.getSpec().ingress()).map(ingress -> ingress.targets()).orElse(List.of()).stream()
                .map(Target::of)
                .toList();
    }

    private static Optional<Long> ttl(Map<String, String> annotations, List<String> problems) {
        var given = first(annotations, TTL);
        try {
            return given.map(IngressPlan::seconds);
        } catch (DateTimeParseException | ArithmeticException e) {
            problems.add("\"" + given.orElseThrow()
                    + "\" is no time to live; write seconds (60) or a time (5m). The zone's default is used");
            return Optional.empty();
        }
    }

    private static long seconds(String text) {
        var unit = text.matches("[0-9]+") ? "S" : "";
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT) + unit).toSeconds();
    }

    /** None while the Ingress has no address. */
    private static Optional<List<String>> addresses(Ingress ingress) {
        if (ingress.getStatus() == null || ingress.getStatus().getLoadBalancer() == null) {
            return Optional.empty();
        }
        var addresses = ingress.getStatus().getLoadBalancer().getIngress().stream()
                .map(each -> each.getIp() != null && !each.getIp().isBlank() ? each.getIp() : each.getHostname())
                .filter(address -> address != null && !address.isBlank())
                .toList();
        return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses);
    }

    private static Optional<String> first(Map<String, String> annotations, List<String> keys) {
        return keys.stream()
                .map(annotations::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
