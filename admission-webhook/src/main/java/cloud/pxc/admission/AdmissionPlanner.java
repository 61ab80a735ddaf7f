package cloud.pxc.admission;

import cloud.pxc.crds.zone.ClaimDenial;
import cloud.pxc.ledger.ClaimOutcome.HeldBy;
import cloud.pxc.ledger.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides on what objects ask for. Pure. */
final class AdmissionPlanner {

    private AdmissionPlanner() {}

    /** @param denial what the namespace is told, by the zones there are */
    static Step plan(NameRequest request, ClaimDenial denial) {
        var refused = new TreeMap<String, String>();
        var names = request.zonesOnly()
                ? request.names().stream().filter(denial::serves).collect(Collectors.toUnmodifiableSet())
                : request.names();
        for (var name : names) {
            denial.byPolicy(name).ifPresent(why -> refused.put(name, why));
        }
        if (!refused.isEmpty() || !request.problems().isEmpty()) {
            return new Step.Refuse(refused, request.problems());
        }
        if (names.isEmpty()) {
            return new Step.Admit();
        }
        return request.dryRun() ? new Step.LookUp(names) : new Step.Reserve(names);
    }

    /** @param held who holds names that were asked for */
    static Decision judge(Owner owner, ClaimDenial denial, Collection<HeldBy> held) {
        var others = held.stream()
                .filter(each -> !each.holder().sharesWith(owner))
                .map(each -> sentence(denial, each))
                .toList();
        return others.isEmpty() ? new Decision.Allow() : new Decision.Deny(others);
    }

    /** Who holds a name says more than that it is not for this namespace. */
    static Decision refuse(Step.Refuse refusal, Owner owner, ClaimDenial denial, Collection<HeldBy> held) {
        var sentences = new TreeMap<>(refusal.names());
        for (var each : held) {
            if (!each.holder().sharesWith(owner)) {
                sentences.put(each.fqdn(), sentence(denial, each));
            }
        }
        var reasons = new ArrayList<>(sentences.values());
        reasons.addAll(refusal.problems());
        return new Decision.Deny(reasons);
    }

    private static String sentence(ClaimDenial denial, HeldBy held) {
        return denial.byHolder(held.fqdn(), held.holder().describe(), held.since());
    }
}
