package cloud.pxc.operator.certificate;

import cloud.pxc.acme.AcmeException;
import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.certificate.CertificateFacts.Attempt;
import cloud.pxc.operator.issuer.Accounts;
import cloud.pxc.operator.issuer.IssuerView;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes a Certificate as far as it goes at the moment: look, plan, do, and again, until there is something to wait for. */
@ApplicationScoped
class CertificateCourse {

    /** More steps than any certificate needs in one go; the rest is gone on with in the next. */
    private static final int STEPS = 16;

    private static final Duration LEDGER_AGAIN = Duration.ofSeconds(5);

    private final CertificateObserver observer;
    private final CertificateExecutor executor;
    private final Accounts accounts;
    private final OrderGate gate;
    private final CertificateSettings settings;
    private final Clock clock;

    CertificateCourse(
            CertificateObserver observer,
            CertificateExecutor executor,
            Accounts accounts,
            OrderGate gate,
            CertificateSettings settings,
            Clock clock) {
        this.observer = observer;
        this.executor = executor;
        this.accounts = accounts;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Where a Certificate got to.
     *
     * @param facts the last look; empty where it could not be taken
     * @param verdict of the issuing; empty where it has not changed since it was told last
     * @param next when to go on
     * @param issued whether a certificate was stored on the way
     */
    record Halt(
            Optional<CertificateFacts> facts,
            Attempt attempt,
            Optional<Verdict> verdict,
            Optional<Instant> next,
            boolean issued) {}

    /** Where the steps have led so far. */
    private sealed interface Progress {
        record Going(Attempt attempt, boolean issued) implements Progress {}

        record Halted(Halt halt) implements Progress {}
    }

    Halt run(Certificate certificate) {
        var request = CertificateRequest.of(certificate.getSpec());
        var attempt = attempt(certificate);
        attempt.order()
                .ifPresent(order ->
                        gate.resume(request.issuer(), certificate.getMetadata().getUid()));
        var issued = false;
        for (int count = 0; count < STEPS; count++) {
            var facts = Optional.<CertificateFacts>empty();
            try {
                facts = Optional.of(observer.observe(certificate, request, attempt));
                var step = CertificatePlanner.plan(request, facts.get());
                switch (take(certificate, request, facts.get(), step)) {
                    case Progress.Halted(Halt halt) -> {
                        return issued ? asIssued(halt) : halt;
                    }
                    case Progress.Going(Attempt after, boolean stored) -> {
                        attempt = after;
                        issued |= stored;
                    }
                }
            } catch (AcmeException e) {
                return setback(certificate, request, facts, attempt, e);
            } catch (LedgerUnavailable e) {
                var verdict = new Verdict.Failing(CertificateReason.LedgerUnavailable, e.getMessage());
                return halt(facts, attempt, verdict, clock.instant().plus(LEDGER_AGAIN));
            }
        }
        return new Halt(Optional.empty(), attempt, Optional.empty(), Optional.of(clock.instant()), issued);
    }

    private Progress take(Certificate certificate, CertificateRequest request, CertificateFacts facts, Step step) {
        return switch (step) {
            case Step.KeepKey keep -> going(executor.keepKey(certificate, request, facts, keep));
            case Step.DiscardKey discard -> going(executor.discardKey(certificate, facts.attempt()));
            case Step.OpenOrder open -> open(certificate, request, facts);
            case Step.Publish publish -> going(executor.publish(certificate, facts, publish));
            case Step.Trigger trigger -> going(executor.trigger(facts, trigger));
            case Step.Finish finish -> going(executor.finish(request, facts, finish));
            case Step.Store store ->
                executor.store(certificate, request, facts, store)
                        .<Progress>map(attempt -> new Progress.Going(attempt, true))
                        .orElseGet(() -> giveUp(certificate, facts, strangeKey(store)));
            case Step.Tidy tidy -> going(executor.tidy(certificate));
            case Step.GiveUp(Verdict verdict) -> giveUp(certificate, facts, verdict);
            case Step.Wait(Instant until, Verdict verdict) ->
                new Progress.Halted(halt(Optional.of(facts), facts.attempt(), verdict, until));
            case Step.HoldOff(Instant until) ->
                new Progress.Halted(
                        new Halt(Optional.of(facts), facts.attempt(), Optional.empty(), Optional.of(until), false));
            case Step.Rest(Optional<Instant> renewal) -> rest(certificate, facts, renewal);
            case Step.Refuse(Verdict verdict) ->
                new Progress.Halted(halt(
                        Optional.of(facts),
                        facts.attempt(),
                        verdict,
                        facts.now().plus(Duration.ofMinutes(1))));
        };
    }

    private Progress rest(Certificate certificate, CertificateFacts facts, Optional<Instant> renewal) {
        executor.rest(certificate);
        return new Progress.Halted(new Halt(Optional.of(facts), facts.attempt(), Optional.empty(), renewal, false));
    }

    private Progress open(Certificate certificate, CertificateRequest request, CertificateFacts facts) {
        var limits = ((IssuerView.Usable) facts.issuer().orElseThrow()).limits();
        var turn = gate.enter(request.issuer(), certificate.getMetadata().getUid(), limits, facts.now());
        if (turn.isPresent()) {
            var verdict = new Verdict.Progressing(
                    CertificateReason.WaitingForTurn,
                    "AcmeIssuer " + request.issuer() + " has as many orders under way as spec.limits allows");
            return new Progress.Halted(halt(Optional.of(facts), facts.attempt(), verdict, turn.get()));
        }
        return going(executor.openOrder(certificate, request, facts));
    }

    private Progress giveUp(Certificate certificate, CertificateFacts facts, Verdict verdict) {
        var setback = new Setback(verdict, true, true, Optional.empty());
        return new Progress.Halted(failed(certificate, Optional.of(facts), facts.attempt(), setback));
    }

    private Halt setback(
            Certificate certificate,
            CertificateRequest request,
            Optional<CertificateFacts> facts,
            Attempt attempt,
            AcmeException e) {
        if (e instanceof AcmeException.AccountMissing || e instanceof AcmeException.Unauthorized) {
            accounts.doubt(request.issuer());
        }
        return failed(certificate, facts, attempt, Setback.of(request.issuer(), e));
    }

    private Halt failed(Certificate certificate, Optional<CertificateFacts> facts, Attempt attempt, Setback setback) {
        if (setback.orderUseless() || attempt.order().isEmpty()) {
            executor.dropOrder(certificate);
        }
        var failures = attempt.failures() + 1;
        var next = setback.nextAttempt(failures, settings, clock.instant());
        var after =
                new Attempt(setback.orderUseless() ? Optional.empty() : attempt.order(), failures, Optional.of(next));
        return halt(facts, after, setback.verdict(), next);
    }

    private static Halt halt(Optional<CertificateFacts> facts, Attempt attempt, Verdict verdict, Instant next) {
        return new Halt(facts, attempt, Optional.of(verdict), Optional.of(next), false);
    }

    private static Halt asIssued(Halt halt) {
        return new Halt(halt.facts(), halt.attempt(), halt.verdict(), halt.next(), true);
    }

    private static Progress going(Attempt attempt) {
        return new Progress.Going(attempt, false);
    }

    private static Verdict strangeKey(Step.Store store) {
        return new Verdict.Failing(
                CertificateReason.OrderFailed,
                "order " + store.order().order()
                        + " was finished with another key than the one kept; another order is opened by itself");
    }

    /** What the status remembers; a changed spec is tried at once. */
    private static Attempt attempt(Certificate certificate) {
        var status = certificate.getStatus();
        if (status == null) {
            return Attempt.NONE;
        }
        var order = Optional.ofNullable(status.orderUrl()).map(URI::create);
        var same = certificate.getMetadata().getGeneration() != null
                && certificate.getMetadata().getGeneration().equals(status.observedGeneration());
        return same
                ? new Attempt(
                        order,
                        Optional.ofNullable(status.failures()).orElse(0),
                        Optional.ofNullable(status.nextAttempt()).map(Instant::parse))
                : new Attempt(order, 0, Optional.empty());
    }
}
