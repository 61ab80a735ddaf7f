package cloud.pxc.operator.claim;

import cloud.pxc.crds.zone.ClaimPolicy;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.ClaimOutcome;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes names for objects, and lets them go. */
@ApplicationScoped
public class Claims {

    private final HostClaims ledger;
    private final ZoneCatalog catalog;

    public Claims(HostClaims ledger, ZoneCatalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    /** This object wants exactly these names: takes what it may have, lets go of what it had besides. */
    public Ruling rule(Owner owner, Collection<Fqdn> wanted) {
        var denials = new ArrayList<String>();
        var allowed = new HashSet<Fqdn>();
        for (var name : wanted) {
            refusal(owner.namespace(), name).ifPresentOrElse(denials::add, () -> allowed.add(name));
        }
        var granted = new HashSet<Fqdn>();
        for (var outcome : ledger.hold(owner, texts(allowed))) {
            switch (outcome) {
                case ClaimOutcome.Granted(var fqdn) -> granted.add(Fqdn.of(fqdn));
                case ClaimOutcome.HeldBy held -> denials.add(denial(owner.namespace(), held));
            }
        }
        var stale = new HashSet<>(ledger.namesOf(owner));
        stale.removeAll(texts(granted));
        if (!stale.isEmpty()) {
            ledger.release(owner, stale);
        }
        return new Ruling(granted, denials);
    }

    public void release(Owner owner) {
        ledger.releaseAll(owner);
    }

    /** Why a namespace may not have a name, whoever holds it. */
    private Optional<String> refusal(String namespace, Fqdn name) {
        var zone = catalog.zoneOf(name.text());
        if (zone.isEmpty()) {
            var known = catalog.zones().stream()
                    .map(each -> each.getMetadata().getName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return Optional.of(name + " lies in no zone of this cloud"
                    + (known.isEmpty()
                            ? "; declare a DnsZone for it"
                            : " (" + known + "); choose a name in one of them"));
        }
        var labels = catalog.labelsOf(namespace);
        if (ClaimPolicy.allows(zone.get(), namespace, labels, name.text())) {
            return Optional.empty();
        }
        return Optional.of("namespace " + namespace + " may not take " + name + "; " + remedy(namespace, name.text()));
    }

    private String denial(String namespace, ClaimOutcome.HeldBy held) {
        return held.fqdn() + " is held by " + held.holder().describe() + " since "
                + held.since().atOffset(ZoneOffset.UTC).toLocalDate() + "; ask its owner to let it go, or "
                + remedy(namespace, held.fqdn());
    }

    private String remedy(String namespace, String fqdn) {
        var zone = catalog.zoneOf(fqdn).orElseThrow();
        var patterns = ClaimPolicy.patterns(zone, namespace, catalog.labelsOf(namespace)).stream()
                .map(pattern -> ClaimPolicy.inFull(pattern, zone))
                .toList();
        return patterns.isEmpty()
                ? "ask whoever keeps DnsZone " + zone.getMetadata().getName()
                        + " to let this namespace claim names in it"
                : "choose a name under " + String.join(", ", patterns);
    }

    private static List<String> texts(Collection<Fqdn> names) {
        return names.stream().map(Fqdn::text).toList();
    }
}
