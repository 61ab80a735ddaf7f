package cloud.pxc.operator.claim;

import cloud.pxc.dns.Fqdn;
import java.util.List;
import java.util.Set;

/**
 * What an owner may have of the names it wants.
 *
 * @param granted held for it in the ledger
 * @param denials a sentence for each name it may not have
 */
public record Ruling(Set<Fqdn> granted, List<String> denials) {

    public Ruling {
        granted = Set.copyOf(granted);
        denials = List.copyOf(denials);
    }
}
