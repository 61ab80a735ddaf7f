package cloud.pxc.operator.certificate;

import cloud.pxc.acme.AcmeException;
import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.operator.issuer.Accounts;
import cloud.pxc.operator.issuer.IssuerView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gathers what is known of a Certificate; asks the CA and the ledger only while something is to be issued. */
@ApplicationScoped
class CertificateObserver {

    private final CertificateSecrets secrets;
    private final Accounts accounts;
    private final NameRights rights;
    private final ChallengeRecords records;
    private final RenewalAdvice advice;
    private final Clock clock;

    CertificateObserver(
            CertificateSecrets secrets,
            Accounts accounts,
            NameRights rights,
            ChallengeRecords records,
            RenewalAdvice advice,
            Clock clock) {
        this.secrets = secrets;
        this.accounts = accounts;
        this.rights = rights;
        this.records = records;
        this.advice = advice;
        this.clock = clock;
    }

    /**
     * @throws AcmeException where the CA can't be asked about the order under way
     */
    CertificateFacts observe(Certificate certificate, CertificateRequest request, CertificateFacts.Attempt attempt) {
        var now = clock.instant();
        var held = secrets.held(certificate);
        var renewalTime = renewalTime(request, held);
        var nextKey = secrets.nextKey(certificate);
        var published = records.published(certificate);
        if (IssueNeed.of(request, held, renewalTime, now).isEmpty()) {
            return new CertificateFacts(
                    held, renewalTime, attempt, nextKey, List.of(), Optional.empty(), Optional.empty(), published, now);
        }
        var refusals = rights.claim(certificate, request.dnsNames());
        var issuer = accounts.view(request.issuer());
        var waiting = attempt.notBefore().filter(now::isBefore).isPresent();
        var order = waiting || !refusals.isEmpty() ? Optional.<OrderView>empty() : order(issuer, attempt);
        return new CertificateFacts(
                held, renewalTime, attempt, nextKey, refusals, Optional.of(issuer), order, published, now);
    }

    private Optional<Instant> renewalTime(CertificateRequest request, HeldSecret held) {
        if (!(held instanceof HeldSecret.Pair pair)) {
            return Optional.empty();
        }
        var chain = pair.chain();
        var window = pair.issuer().equals(request.issuer())
                ? advice.window(pair)
                : Optional.<cloud.pxc.acme.RenewalWindow>empty();
        return Optional.of(
                request.renewBefore().renewalTime(chain.notBefore(), chain.notAfter(), chain.serial(), window));
    }

    private static Optional<OrderView> order(IssuerView issuer, CertificateFacts.Attempt attempt) {
        if (attempt.order().isEmpty() || !(issuer instanceof IssuerView.Usable usable)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OrderView.Known(usable.account().look(attempt.order().get())));
        } catch (AcmeException.Gone e) {
            return Optional.of(new OrderView.Lost(
                    "the CA has forgotten order " + attempt.order().get()));
        }
    }
}
