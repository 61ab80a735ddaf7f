package cloud.pxc.operator.zone;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import java.util.List;
import java.util.Set;

/**
 * How far zones are made on their servers.
 *
 * @param ours zones that the operator made on their primary: their name servers are its to say
 * @param anew those of them that were made just now, and hold nothing yet but their name servers
 * @param troubles control channels that can't be used now; what is to be made there is made later
 */
record Provision(Set<Fqdn> ours, Set<Fqdn> anew, List<DnsException> troubles) {

    Provision {
        ours = Set.copyOf(ours);
        anew = Set.copyOf(anew);
        troubles = List.copyOf(troubles);
    }

    /** As it is when nothing has been made since. */
    Provision settled() {
        return new Provision(ours, Set.of(), troubles);
    }
}
