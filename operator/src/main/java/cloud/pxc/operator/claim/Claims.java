package cloud.pxc.operator.claim;

import cloud.pxc.crds.zone.ClaimDenial;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.ClaimOutcome;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes names for objects, and lets them go. */
@ApplicationScoped
public class Claims {

    private final HostClaims ledger;
    private final ZoneCatalog catalog;
    private final FreedNames freed;

    public Claims(HostClaims ledger, ZoneCatalog catalog, FreedNames freed) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.freed = freed;
    }

    /** This object wants exactly these names: takes what it may have, lets go of what it had besides. */
    public Ruling rule(Owner owner, Collection<Fqdn> wanted) {
        var denial = new ClaimDenial(owner.namespace(), catalog.labelsOf(owner.namespace()), catalog.zones());
        var refused = new TreeMap<String, String>();
        var allowed = new TreeSet<String>();
        for (var name : texts(wanted)) {
            denial.byPolicy(name).ifPresentOrElse(why -> refused.put(name, why), () -> allowed.add(name));
        }
        if (!refused.isEmpty()) {
            // Who holds the name says more than that it is not for this namespace.
            ledger.holders(refused.keySet()).values().stream()
                    .filter(held -> !held.holder().sharesWith(owner))
                    .forEach(held -> refused.put(held.fqdn(), sentence(denial, held)));
        }
        var granted = new HashSet<Fqdn>();
        for (var outcome : ledger.hold(owner, allowed)) {
            switch (outcome) {
                case ClaimOutcome.Granted(var fqdn) -> granted.add(Fqdn.of(fqdn));
                case ClaimOutcome.HeldBy held -> refused.put(held.fqdn(), sentence(denial, held));
            }
        }
        var stale = new HashSet<>(ledger.heldNamesOf(owner));
        stale.removeAll(texts(granted));
        if (!stale.isEmpty()) {
            freed.freed(ledger.release(owner, stale));
        }
        freed.await(owner, refused.keySet());
        return new Ruling(granted, List.copyOf(refused.values()));
    }

    public void release(Owner owner) {
        freed.await(owner, List.of());
        freed.freed(ledger.releaseAll(owner));
    }

    private static String sentence(ClaimDenial denial, ClaimOutcome.HeldBy held) {
        return denial.byHolder(held.fqdn(), held.holder().describe(), held.since());
    }

    private static List<String> texts(Collection<Fqdn> names) {
        return names.stream().map(Fqdn::text).toList();
    }
}
