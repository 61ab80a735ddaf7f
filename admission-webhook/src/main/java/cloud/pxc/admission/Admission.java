package cloud.pxc.admission;

import cloud.pxc.crds.zone.ClaimDenial;
import cloud.pxc.ledger.ClaimOutcome;
import cloud.pxc.ledger.ClaimOutcome.HeldBy;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Answers what objects ask for: the zones say who may take a name, the ledger who was first. */
@ApplicationScoped
class Admission {

    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final ZoneCatalog catalog;
    private final HostClaims ledger;
    private final AdmissionSettings settings;

    Admission(ZoneCatalog catalog, HostClaims ledger, AdmissionSettings settings) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** @throws LedgerUnavailable if names are asked for and the ledger can't say who holds them */
    Decision decide(NameRequest request) {
        var denial = catalog.known(request.owner().namespace());
        var step = AdmissionPlanner.plan(request, denial);
        if (step instanceof Step.Refuse) {
            denial = catalog.now(request.owner().namespace());
            step = AdmissionPlanner.plan(request, denial);
        }
        return take(step, request.owner(), denial);
    }

    private Decision take(Step step, Owner owner, ClaimDenial denial) {
        return switch (step) {
            case Step.Admit admit -> new Decision.Allow();
            case Step.Reserve(var names) -> AdmissionPlanner.judge(owner, denial, reserve(owner, names));
            case Step.LookUp(var names) ->
                AdmissionPlanner.judge(owner, denial, ledger.holders(names).values());
            case Step.Refuse refusal ->
                AdmissionPlanner.refuse(
                        refusal, owner, denial, holders(refusal.names().keySet()));
        };
    }

    /** All of the names or none: who is refused one of them has no use for the others. */
    private List<HeldBy> reserve(Owner owner, Set<String> names) {
        var outcomes = ledger.reserve(owner, names, settings.reservation());
        var held = outcomes.stream()
                .filter(HeldBy.class::isInstance)
                .map(HeldBy.class::cast)
                .toList();
        if (!held.isEmpty()) {
            ledger.release(
                    owner,
                    outcomes.stream()
                            .filter(ClaimOutcome.Granted.class::isInstance)
                            .map(ClaimOutcome::fqdn)
                            .toList());
        }
        return held;
    }

    /** A refusal stands without the ledger. */
    private Collection<HeldBy> holders(Set<String> names) {
        try {
            return ledger.holders(names).values();
        } catch (LedgerUnavailable e) {
            LOG.debugf("holders=unknown cause=%s", e.getMessage());
            return List.of();
        }
    }
}
