package cloud.pxc.operator.zone;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.ClaimOutcome;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.claim.FreedNames;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.ServedZone;
import cloud.pxc.operator.names.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of a zone itself. It holds those that it points somewhere, as every other owner does, so that nobody takes its mail
 * host; at others (the zone's own name with its MX) somebody else may still have an address.
 */
@ApplicationScoped
class ZoneNames {

    private static final Set<RecordType> POINTING = Set.of(RecordType.A, RecordType.AAAA, RecordType.CNAME);

    private final HostClaims claims;
    private final Names names;
    private final FreedNames freed;

    ZoneNames(HostClaims claims, Names names, FreedNames freed) {
        this.claims = claims;
        this.names = names;
        this.freed = freed;
    }

    /** @param ours zones whose name servers are the operator's to say */
    Publication publish(Owner owner, ZonePlan plan, Set<Fqdn> ours) {
        var wishes = plan.wishes(ours);
        var pointing = wishes.stream()
                .filter(ZoneNames::points)
                .map(wish -> wish.name().text())
                .collect(Collectors.toSet());
        var denials = new TreeMap<String, String>();
        for (var outcome : claims.hold(owner, pointing)) {
            if (outcome instanceof ClaimOutcome.HeldBy held) {
                denials.put(held.fqdn(), denial(held));
            }
        }
        var stale = new HashSet<>(claims.namesOf(owner));
        stale.removeAll(pointing);
        freed.freed(claims.release(owner, stale));
        var publication = names.publish(
                owner,
                wishes.stream()
                        .filter(wish -> !points(wish)
                                || !denials.containsKey(wish.name().text()))
                        .toList());
        if (!denials.isEmpty()) {
            return new Publication.Refused(String.join("; ", denials.values()));
        }
        return publication instanceof Publication.Live
                ? names.trouble(plan.zone()).orElse(publication)
                : publication;
    }

    /** From now on names in these zones can be written; in those that are new on their servers everything is written again. */
    void serve(Collection<ServedZone> zones, Set<Fqdn> anew) {
        zones.forEach(names::serve);
        anew.forEach(names::renew);
    }

    void drop(Fqdn zone) {
        names.drop(zone);
    }

    void erase(ServedZone zone) {
        names.erase(zone);
    }

    void withdraw(Owner owner) {
        names.withdraw(owner);
        freed.freed(claims.releaseAll(owner));
    }

    private static boolean points(Wish wish) {
        return POINTING.contains(wish.type());
    }

    private static String denial(ClaimOutcome.HeldBy held) {
        return held.fqdn() + " is held by " + held.holder().describe() + " since "
                + held.since().atOffset(ZoneOffset.UTC).toLocalDate()
                + "; ask its owner to let it go, or take it out of spec.records";
    }
}
