package cloud.pxc.operator.certificate;

import cloud.pxc.acme.Dns01Challenge;
import cloud.pxc.acme.OrderState;
import cloud.pxc.operator.issuer.IssuerView;
import cloud.pxc.operator.status.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides the next step from what is there. Pure: the moment comes with the facts. */
final class CertificatePlanner {

    /** How soon a CA is asked again that does not say when. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Names and issuers are looked at again that often, though changes of them are heard of. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private CertificatePlanner() {}

    static Step plan(CertificateRequest request, CertificateFacts facts) {
        if (facts.held() instanceof HeldSecret.Foreign foreign) {
            return new Step.Refuse(new Verdict.Stalled(
                    CertificateReason.SecretTaken,
                    foreign.message() + "; delete that Secret, or make a Certificate with another secretName"));
        }
        if (IssueNeed.of(request, facts.held(), facts.renewalTime(), facts.now())
                .isEmpty()) {
            return untidy(facts) ? new Step.Tidy() : new Step.Rest(facts.renewalTime());
        }
        if (!facts.refusals().isEmpty()) {
            return new Step.Refuse(
                    new Verdict.Stalled(CertificateReason.NameNotAllowed, String.join("; ", facts.refusals())));
        }
        if (facts.attempt().notBefore().filter(facts.now()::isBefore).isPresent()) {
            return new Step.HoldOff(facts.attempt().notBefore().get());
        }
        return switch (facts.issuer().orElseThrow()) {
            case IssuerView.Unusable(String message) ->
                new Step.Wait(
                        facts.now().plus(LOOK_AGAIN), new Verdict.Failing(CertificateReason.IssuerNotReady, message));
            case IssuerView.Usable usable -> issue(request, facts);
        };
    }

    private static Step issue(CertificateRequest request, CertificateFacts facts) {
        if (facts.nextKey()
                .filter(key -> !key.purpose().equals(request.purpose()))
                .isPresent()) {
            return new Step.DiscardKey();
        }
        if (facts.nextKey().isEmpty()) {
            return facts.attempt().order().isPresent()
                    ? new Step.DiscardKey()
                    : new Step.KeepKey(reuses(request, facts));
        }
        return facts.order()
                .map(order -> switch (order) {
                    case OrderView.Lost(String message) ->
                        new Step.GiveUp(new Verdict.Failing(
                                CertificateReason.OrderFailed, message + "; another order is opened by itself"));
                    case OrderView.Known(OrderState state) -> advance(state, facts);
                })
                .orElseGet(Step.OpenOrder::new);
    }

    private static boolean reuses(CertificateRequest request, CertificateFacts facts) {
        return !request.rotateKey()
                && facts.held() instanceof HeldSecret.Pair pair
                && cloud.pxc.acme.KeyAlgorithm.of(pair.key()).equals(Optional.of(request.algorithm()));
    }

    private static Step advance(OrderState order, CertificateFacts facts) {
        return switch (order) {
            case OrderState.Pending pending -> prove(pending, facts);
            case OrderState.Ready ready -> new Step.Finish(ready.order());
            case OrderState.Processing processing ->
                new Step.Wait(
                        later(processing.retryAfter(), facts.now()),
                        new Verdict.Progressing(
                                CertificateReason.Finalizing,
                                "the CA is making the certificate of order " + order.order()));
            case OrderState.Valid valid -> new Step.Store(valid);
            case OrderState.Invalid invalid ->
                new Step.GiveUp(new Verdict.Failing(
                        CertificateReason.OrderFailed,
                        "the CA refused order " + order.order() + ": "
                                + invalid.problem().sentence()
                                + "; see that the names are delegated to the zone's name servers as the CA sees them;"
                                + " another order is opened by itself"));
        };
    }

    private static Step prove(OrderState.Pending order, CertificateFacts facts) {
        var open = order.challenges().stream()
                .filter(challenge -> challenge.progress() != Dns01Challenge.Progress.PROVEN)
                .toList();
        var untold = open.stream()
                .filter(challenge -> challenge.progress() == Dns01Challenge.Progress.TO_TRIGGER)
                .toList();
        if (untold.isEmpty()) {
            return new Step.Wait(
                    later(order.retryAfter(), facts.now()),
                    new Verdict.Progressing(
                            CertificateReason.Proving, "the CA is looking up " + String.join(", ", names(open))));
        }
        var records = records(open);
        var published = facts.published();
        if (!published.records().equals(records)) {
            return new Step.Publish(records);
        }
        return switch (published.stage()) {
            case NONE -> new Step.Publish(records);
            case LIVE -> new Step.Trigger(untold);
            case PENDING ->
                new Step.Wait(
                        facts.now().plus(POLL),
                        new Verdict.Progressing(
                                CertificateReason.PublishingChallenge,
                                "the challenge records " + String.join(", ", records.keySet())
                                        + " are not served by every name server yet: " + published.message()));
            case FAILED ->
                new Step.Wait(
                        facts.now().plus(POLL.multipliedBy(5)),
                        new Verdict.Failing(
                                CertificateReason.ChallengeNotPublished,
                                "the challenge records " + String.join(", ", records.keySet()) + " can't be published: "
                                        + published.message()));
        };
    }

    /** A wildcard and its base name are proven by two values of one name. */
    private static Map<String, List<String>> records(List<Dns01Challenge> challenges) {
        return challenges.stream()
                .collect(Collectors.groupingBy(
                        Dns01Challenge::recordName,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Dns01Challenge::digest, Collectors.toList()),
                                values -> values.stream().sorted().toList())));
    }

    private static List<String> names(List<Dns01Challenge> challenges) {
        return challenges.stream().map(Dns01Challenge::recordName).distinct().toList();
    }

    private static Instant later(Optional<Instant> retryAfter, Instant now) {
        return retryAfter.filter(now::isBefore).orElse(now.plus(POLL));
    }

    private static boolean untidy(CertificateFacts facts) {
        return facts.attempt().order().isPresent()
                || facts.attempt().failures() > 0
                || facts.nextKey().isPresent()
                || facts.published().stage() != ChallengeRecords.Stage.NONE;
    }
}
