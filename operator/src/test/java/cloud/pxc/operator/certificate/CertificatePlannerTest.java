package cloud.pxc.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.acme.AcmeProblem;
import cloud.pxc.acme.Dns01Challenge;
import cloud.pxc.acme.Dns01Challenge.Progress;
import cloud.pxc.acme.KeyAlgorithm;
import cloud.pxc.acme.OrderState;
import cloud.pxc.acme.RenewalWindow;
import cloud.pxc.operator.certificate.CertificateFacts.Attempt;
import cloud.pxc.operator.certificate.ChallengeRecords.Published;
import cloud.pxc.operator.certificate.ChallengeRecords.Stage;
import cloud.pxc.operator.issuer.IssuerView;
import cloud.pxc.operator.status.Reason;
import cloud.pxc.operator.status.Verdict;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificatePlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final URI ORDER = URI.create("https://ca.example.org/order/1");
    private static final KeyPair KEYS = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());
    private static final KeyPair OTHER_KEYS = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());
    private static final List<String> NAMES = List.of("*.shop.example.org", "shop.example.org");
    private static final CertificateRequest REQUEST = new CertificateRequest(
            NAMES, "letsencrypt", "shop-tls", KeyAlgorithm.ECDSA_P256, true, new RenewBefore.Percent(33));
    private static final String RECORD = "_acme-challenge.shop.example.org";

    private HeldSecret held = new HeldSecret.Missing();
    private Attempt attempt = Attempt.NONE;
    private Optional<NextKey> nextKey = Optional.of(new NextKey(KEYS, REQUEST.purpose()));
    private List<String> refusals = List.of();
    private IssuerView issuer = new IssuerView.Usable(null, Optional.of("default"), Optional.empty(), Optional.empty());
    private Optional<OrderView> order = Optional.empty();
    private Published published = Published.NOTHING;
    private CertificateRequest request = REQUEST;

    @Test
    void theKeyIsKeptBeforeAnOrderIsOpened() {
        nextKey = Optional.empty();
        assertThat(plan()).isEqualTo(new Step.KeepKey(false));

        nextKey = Optional.of(new NextKey(KEYS, REQUEST.purpose()));
        assertThat(plan()).isEqualTo(new Step.OpenOrder());
    }

    @Test
    void aKeyThatIsNotToBeRotatedIsUsedAgain() {
        held = pair(KEYS, List.of("old.example.org"), Duration.ofDays(90));
        nextKey = Optional.empty();
        request = new CertificateRequest(
                NAMES, "letsencrypt", "shop-tls", KeyAlgorithm.ECDSA_P256, false, new RenewBefore.Percent(33));

        assertThat(plan()).isEqualTo(new Step.KeepKey(true));
    }

    @Test
    void anOrderForOtherNamesIsLetGoWithItsKey() {
        nextKey = Optional.of(new NextKey(KEYS, "letsencrypt ECDSA_P256 old.example.org"));
        under(new OrderState.Ready(ORDER));

        assertThat(plan()).isEqualTo(new Step.DiscardKey());
    }

    @Test
    void aWildcardAndItsBaseNameAreProvenByTwoValuesOfOneRecord() {
        under(pending(Progress.TO_TRIGGER, Progress.TO_TRIGGER));

        assertThat(plan()).isEqualTo(new Step.Publish(Map.of(RECORD, List.of("digest-1", "digest-2"))));
    }

    @Test
    void theCaIsToldOnlyWhenEveryNameServerAnswers() {
        under(pending(Progress.TO_TRIGGER, Progress.TO_TRIGGER));
        var records = Map.of(RECORD, List.of("digest-1", "digest-2"));

        published = new Published(records, Stage.PENDING, "1 of 2 servers");
        assertThat(waiting(CertificateReason.PublishingChallenge)).contains(RECORD, "1 of 2 servers");

        published = new Published(records, Stage.FAILED, "the name is held");
        assertThat(waiting(CertificateReason.ChallengeNotPublished)).contains("the name is held");

        published = new Published(records, Stage.LIVE, "");
        assertThat(plan()).isInstanceOfSatisfying(Step.Trigger.class, trigger -> assertThat(trigger.challenges())
                .hasSize(2));
    }

    @Test
    void recordsOfAnEarlierOrderAreNotTakenForThese() {
        under(pending(Progress.TO_TRIGGER, Progress.TO_TRIGGER));
        published = new Published(Map.of(RECORD, List.of("old")), Stage.LIVE, "");

        assertThat(plan()).isInstanceOf(Step.Publish.class);
    }

    @Test
    void aCaThatLooksIsAskedAgainWhenItWants() {
        under(new OrderState.Pending(
                ORDER,
                List.of(challenge("digest-1", Progress.CHECKING), challenge("digest-2", Progress.PROVEN)),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(7))));

        assertThat(plan()).isInstanceOfSatisfying(Step.Wait.class, wait -> assertThat(wait.until())
                .isEqualTo(NOW.plusSeconds(7)));
    }

    @Test
    void aProvenOrderIsFinishedAndAValidOneStored() {
        under(new OrderState.Ready(ORDER));
        assertThat(plan()).isEqualTo(new Step.Finish(ORDER));

        under(new OrderState.Processing(ORDER, Optional.empty()));
        assertThat(waiting(CertificateReason.Finalizing)).contains(ORDER.toString());

        var valid = new OrderState.Valid(ORDER, URI.create("https://ca.example.org/cert/1"));
        under(valid);
        assertThat(plan()).isEqualTo(new Step.Store(valid));
    }

    @Test
    void aRefusedOrderIsGivenUpWithTheCasOwnWords() {
        under(new OrderState.Invalid(ORDER, new AcmeProblem("unauthorized", "Correct value not found")));

        assertThat(plan()).isInstanceOfSatisfying(Step.GiveUp.class, giveUp -> {
            assertThat(giveUp.verdict().reason()).isEqualTo(CertificateReason.OrderFailed);
            assertThat(giveUp.verdict().message()).contains("Correct value not found (unauthorized)");
        });
    }

    @Test
    void anOrderTheCaForgotIsGivenUp() {
        attempt = new Attempt(Optional.of(ORDER), 0, Optional.empty());
        order = Optional.of(new OrderView.Lost("the CA has forgotten order " + ORDER));

        assertThat(plan()).isInstanceOf(Step.GiveUp.class);
    }

    @Test
    void nothingIsDoneBeforeTheNextAttemptIsDue() {
        attempt = new Attempt(Optional.empty(), 3, Optional.of(NOW.plusSeconds(60)));
        assertThat(plan()).isEqualTo(new Step.HoldOff(NOW.plusSeconds(60)));

        attempt = new Attempt(Optional.empty(), 3, Optional.of(NOW));
        assertThat(plan()).isEqualTo(new Step.OpenOrder());
    }

    @Test
    void namesThatTheNamespaceMayNotHaveAreNotAskedFor() {
        refusals = List.of("first", "second");

        assertThat(plan()).isInstanceOfSatisfying(Step.Refuse.class, refuse -> assertThat(refuse.verdict())
                .isEqualTo(new Verdict.Stalled(CertificateReason.NameNotAllowed, "first; second")));
    }

    @Test
    void anIssuerThatIsNotReadyIsWaitedFor() {
        issuer = new IssuerView.Unusable("AcmeIssuer letsencrypt is not ready yet");

        assertThat(waiting(CertificateReason.IssuerNotReady)).isEqualTo("AcmeIssuer letsencrypt is not ready yet");
    }

    @Test
    void aSecretThatIsNotOursIsNotTouched() {
        held = new HeldSecret.Foreign("Secret team-a/shop-tls was not made by a Certificate");

        assertThat(plan()).isInstanceOfSatisfying(Step.Refuse.class, refuse -> assertThat(
                        refuse.verdict().message())
                .contains("delete that Secret, or make a Certificate with another secretName"));
    }

    @Test
    void aGoodCertificateIsTidiedUpAfterAndThenRests() {
        held = pair(KEYS, NAMES, Duration.ofDays(90));
        attempt = new Attempt(Optional.of(ORDER), 0, Optional.empty());
        assertThat(plan()).isEqualTo(new Step.Tidy());

        attempt = Attempt.NONE;
        nextKey = Optional.empty();
        assertThat(plan()).isInstanceOfSatisfying(Step.Rest.class, rest -> assertThat(rest.renewalTime())
                .hasValueSatisfying(
                        at -> assertThat(at).isBetween(NOW.plus(Duration.ofDays(59)), NOW.plus(Duration.ofDays(66)))));
    }

    @Test
    void whatIsWrongWithACertificateHasItsReason() {
        assertThat(need(new HeldSecret.Missing())).isEqualTo(CertificateReason.SecretMissing);
        assertThat(need(new HeldSecret.Broken("the key tls.crt is missing"))).isEqualTo(CertificateReason.SecretBroken);
        assertThat(need(pair(KEYS, List.of("other.example.org"), Duration.ofDays(90))))
                .isEqualTo(CertificateReason.NamesChanged);
        var good = SelfSigned.chain(KEYS, NAMES, NOW, NOW.plus(Duration.ofDays(90)));
        assertThat(need(new HeldSecret.Pair(good, OTHER_KEYS, "letsencrypt", 1)))
                .isEqualTo(CertificateReason.KeyMismatch);
        assertThat(need(new HeldSecret.Pair(good, KEYS, "other", 1))).isEqualTo(CertificateReason.IssuerChanged);
        assertThat(need(pair(KEYS, NAMES, Duration.ofSeconds(-1)))).isEqualTo(CertificateReason.Expired);
        var old = SelfSigned.chain(KEYS, NAMES, NOW.minus(Duration.ofDays(80)), NOW.plus(Duration.ofDays(10)));
        assertThat(need(new HeldSecret.Pair(old, KEYS, "letsencrypt", 1))).isEqualTo(CertificateReason.RenewalDue);
        request = new CertificateRequest(
                NAMES, "letsencrypt", "shop-tls", KeyAlgorithm.RSA_2048, true, new RenewBefore.Percent(33));
        assertThat(need(new HeldSecret.Pair(good, KEYS, "letsencrypt", 1)))
                .isEqualTo(CertificateReason.KeyAlgorithmChanged);
    }

    @Test
    void theCasWindowGoesBeforeTheSpecsRuleAndStaysTheSame() {
        var end = NOW.plus(Duration.ofDays(90));
        var window = Optional.of(
                new RenewalWindow(NOW.plusSeconds(100), NOW.plusSeconds(200), Optional.empty(), Optional.empty()));
        var rule = RenewBefore.parse("720h");

        var first = rule.renewalTime(NOW, end, "2a", window);

        assertThat(first).isBetween(NOW.plusSeconds(100), NOW.plusSeconds(200));
        assertThat(rule.renewalTime(NOW, end, "2a", window)).isEqualTo(first);
        assertThat(rule.renewalTime(NOW, end, "2a", Optional.empty()))
                .isBetween(end.minus(Duration.ofHours(720)), end.minus(Duration.ofHours(648)));
        assertThat(RenewBefore.parse("33%")).isEqualTo(new RenewBefore.Percent(33));
    }

    private String waiting(Reason reason) {
        var step = plan();
        assertThat(step).isInstanceOf(Step.Wait.class);
        var wait = (Step.Wait) step;
        assertThat(wait.until()).isAfter(NOW);
        assertThat(wait.verdict().reason()).isEqualTo(reason);
        return wait.verdict().message();
    }

    private Reason need(HeldSecret secret) {
        return IssueNeed.of(request, secret, renewal(secret), NOW).orElseThrow().reason();
    }

    private void under(OrderState state) {
        attempt = new Attempt(Optional.of(ORDER), 0, Optional.empty());
        order = Optional.of(new OrderView.Known(state));
    }

    private Step plan() {
        return CertificatePlanner.plan(
                request,
                new CertificateFacts(
                        held, renewal(held), attempt, nextKey, refusals, Optional.of(issuer), order, published, NOW));
    }

    private static Optional<Instant> renewal(HeldSecret secret) {
        return secret instanceof HeldSecret.Pair pair
                ? Optional.of(REQUEST.renewBefore()
                        .renewalTime(
                                pair.chain().notBefore(),
                                pair.chain().notAfter(),
                                pair.chain().serial(),
                                Optional.empty()))
                : Optional.empty();
    }

    private static HeldSecret.Pair pair(KeyPair keys, List<String> names, Duration left) {
        var end = NOW.plus(left);
        var start = left.isNegative() ? end.minus(Duration.ofDays(90)) : NOW;
        return new HeldSecret.Pair(SelfSigned.chain(keys, names, start, end), keys, "letsencrypt", 1);
    }

    private static OrderState.Pending pending(Progress first, Progress second) {
        return new OrderState.Pending(
                ORDER,
                List.of(challenge("digest-1", first), challenge("digest-2", second)),
                Optional.empty(),
                Optional.empty());
    }

    private static Dns01Challenge challenge(String digest, Progress progress) {
        return new Dns01Challenge(
                URI.create("https://ca.example.org/chall/" + digest), "shop.example.org", RECORD, digest, progress);
    }
}
