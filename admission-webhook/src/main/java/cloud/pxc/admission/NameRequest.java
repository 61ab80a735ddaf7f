package cloud.pxc.admission;

import cloud.pxc.ledger.Owner;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an object asks for with the change that is reviewed.
 *
 * @param names those it did not ask for before
 * @param problems that the change brings: what is no domain name, a sentence each
 * @param zonesOnly whether names that lie in no zone are none of our business
 * @param dryRun whether nothing may come of it
 */
record NameRequest(Owner owner, Set<String> names, List<String> problems, boolean zonesOnly, boolean dryRun) {

    NameRequest {
        names = java.util.Collections.unmodifiableSet(new TreeSet<>(names));
        problems = List.copyOf(problems);
    }
}
