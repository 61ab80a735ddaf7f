package cloud.pxc.operator.stack;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.LeaseOutcome;
import cloud.pxc.ledger.Leases;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Holds the name of each stack: one stack of a cloud domain, one namespace that may take it. */
@ApplicationScoped
class StackName {

    static final String KIND = "Stack";
    private static final String PURPOSE = "fqdn";

    private final Leases leases;
    private final Claims claims;
    private final ZoneCatalog catalog;

    StackName(Leases leases, Claims claims, ZoneCatalog catalog) {
        this.leases = leases;
        this.claims = claims;
        this.catalog = catalog;
    }

    /** Whether the name is the stack's. */
    sealed interface Held {
        record Yes(String fqdn) implements Held {}

        record No(Verdict why) implements Held {}
    }

    Held hold(Stack stack, ProxmoxCluster cluster) {
        var domain = cluster.getSpec().domain();
        var name = Fqdn.of(stack.getMetadata().getName() + "." + domain);
        var owner = owner(stack);
        if (leases.take(pool(domain), owner, PURPOSE, List.of(name.text())) instanceof LeaseOutcome.Exhausted) {
            var holder = leases.holder(pool(domain), name.text())
                    .map(Owner::describe)
                    .orElse("another stack");
            return new Held.No(new Verdict.Failing(
                    StackReason.NameTaken,
                    name + " is held by " + holder + "; a stack's name is unique in its cloud domain: choose another"));
        }
        if (catalog.zoneOf(name.text()).isPresent()) {
            var ruling = claims.rule(owner, Set.of(name));
            if (!ruling.granted().contains(name)) {
                return new Held.No(new Verdict.Failing(StackReason.NameDenied, String.join("; ", ruling.denials())));
            }
        }
        return new Held.Yes(name.text());
    }

    void letGo(Stack stack) {
        claims.release(owner(stack));
        leases.releaseAll(owner(stack));
    }

    static Owner owner(Stack stack) {
        var meta = stack.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), KIND, meta.getName(), meta.getUid());
    }

    private static String pool(String domain) {
        return "stack-fqdn/" + domain;
    }
}
