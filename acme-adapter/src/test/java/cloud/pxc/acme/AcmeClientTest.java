package cloud.pxc.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.pxc.world.AcmeCa;
import cloud.pxc.world.NameServer;
import cloud.pxc.world.Scratch;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract with a real ACME CA (Pebble), which refuses a fifth of all nonces and checks names at a real BIND. */
class AcmeClientTest {

    private static final KeyPair ACCOUNT_KEY = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());

    private static Scratch scratch;
    private static NameServer nameServer;
    private static ChallengeZone zone;
    private static AcmeCa ca;
    private static AcmeClient client;
    private static AcmeAccount account;

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        nameServer = NameServer.start(scratch, "primary", NameServer.Keys.random());
        zone = new ChallengeZone(scratch, nameServer, "app.test");
        ca = AcmeCa.start(
                scratch,
                nameServer,
                AcmeCa.Options.usual().withSeveralProfiles().withNonceRejectPercent(20));
        client = new AcmeClient(AcmeServer.of(ca.directory()).trusting(ca.serverCaPem()), Clock.systemUTC());
        account =
                client.register(ACCOUNT_KEY, new Registration(Optional.of("ops@example.org"), true, Optional.empty()));
    }

    @AfterAll
    static void stop() {
        scratch.close();
    }

    @Test
    void theDirectoryTellsWhatTheCaOffers() {
        var directory = client.directory();

        assertThat(directory.profiles()).containsOnlyKeys("default", "shortlived");
        assertThat(directory.renewalInfo()).isTrue();
        assertThat(directory.externalAccountRequired()).isFalse();
        assertThat(directory.termsOfService()).isPresent();
    }

    @Test
    void registeringAgainFindsTheSameAccount() {
        var again = client.register(ACCOUNT_KEY, new Registration(Optional.empty(), true, Optional.empty()));

        assertThat(again.url()).isEqualTo(account.url());
        assertThat(client.findAccount(ACCOUNT_KEY).map(AcmeAccount::url)).contains(account.url());
        assertThat(account.look().usable()).isTrue();
    }

    @Test
    void aKeyWithoutAnAccountFindsNone() {
        assertThat(client.findAccount(KeyAlgorithm.ECDSA_P256.generate(new SecureRandom())))
                .isEmpty();
    }

    @Test
    void anAccountThatTheCaForgotIsToldApart() {
        var stranger =
                client.account(URI.create(account.url() + "0"), KeyAlgorithm.ECDSA_P256.generate(new SecureRandom()));

        assertThatThrownBy(stranger::look).isInstanceOf(AcmeException.AccountMissing.class);
    }

    @Test
    void anOrderRunsFromChallengeToChain() throws GeneralSecurityException {
        var names = List.of("*.whole.app.test", "whole.app.test");
        var key = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());

        var opened = (OrderState.Pending) account.order(request(names));
        assertThat(opened.challenges())
                .extracting(Dns01Challenge::recordName)
                .containsExactly("_acme-challenge.whole.app.test", "_acme-challenge.whole.app.test");
        assertThat(opened.challenges()).extracting(Dns01Challenge::dnsName).containsOnly("whole.app.test");
        assertThat(opened.expires()).isPresent();
        prove(opened);
        var ready = awaitState(opened.order(), OrderState.Ready.class);
        account.finish(ready.order(), key, names);
        var valid = awaitState(ready.order(), OrderState.Valid.class);
        var chain = account.download(valid, Optional.empty());

        assertThat(chain.dnsNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(chain.publicKey()).isEqualTo(key.getPublic());
        assertThat(chain.certificates()).hasSizeGreaterThan(1);
        chain.leaf().verify(chain.certificates().get(1).getPublicKey());
        assertThat(CertificateChain.parse(chain.pem())).isEqualTo(chain);
        var window = account.renewalWindow(chain).orElseThrow();
        assertThat(window.start()).isBetween(chain.notBefore(), chain.notAfter());
        assertThat(window.end()).isAfter(window.start());
    }

    @Test
    void theProfileOfTheOrderIsUsed() {
        var shortlived =
                issue(new OrderRequest(List.of("short.app.test"), Optional.of("shortlived"), Optional.empty()));

        assertThat(Duration.between(shortlived.notBefore(), shortlived.notAfter()))
                .isLessThanOrEqualTo(Duration.ofDays(6));
        assertThatThrownBy(() -> account.order(
                        new OrderRequest(List.of("short.app.test"), Optional.of("golden"), Optional.empty())))
                .isInstanceOf(AcmeException.ProfileUnknown.class)
                .hasMessageContaining("the CA has no profile golden, it offers default, shortlived");
    }

    @Test
    void aRenewalNamesWhatItReplacesAndIsNotStoppedByHavingDoneSoBefore() {
        var first = issue(request(List.of("renewed.app.test")));
        var renewal = new OrderRequest(List.of("renewed.app.test"), Optional.of("default"), Optional.of(first));

        var second = issue(renewal);
        var third = issue(renewal);

        assertThat(List.of(first.serial(), second.serial(), third.serial())).doesNotHaveDuplicates();
    }

    /** Pebble calls it an error of its own, and does so of one in 256 of its own certificates too: leading zeros of a serial. */
    @Test
    void aRenewalOfWhatTheCaDoesNotFindIsNotStopped() throws GeneralSecurityException, OperatorCreationException {
        var known = issue(request(List.of("lost.app.test")));
        var renewal = new OrderRequest(
                List.of("lost.app.test"),
                Optional.of("default"),
                Optional.of(withSerial(BigInteger.TEN, known.leaf())));

        assertThat(issue(renewal).serial()).isNotEqualTo(known.serial());
    }

    private static CertificateChain withSerial(BigInteger serial, X509Certificate like)
            throws GeneralSecurityException, OperatorCreationException {
        var keys = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());
        var certificate = new JcaX509v3CertificateBuilder(
                        like.getIssuerX500Principal(),
                        serial,
                        like.getNotBefore(),
                        like.getNotAfter(),
                        like.getIssuerX500Principal(),
                        keys.getPublic())
                .copyAndAddExtension(Extension.authorityKeyIdentifier, false, new JcaX509CertificateHolder(like))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        return new CertificateChain(List.of(new JcaX509CertificateConverter().getCertificate(certificate)));
    }

    @Test
    void theChainIsChosenByTheIssuerAtItsTop() {
        var names = List.of("chains.app.test");
        var opened = (OrderState.Pending) account.order(request(names));
        prove(opened);
        awaitState(opened.order(), OrderState.Ready.class);
        account.finish(opened.order(), KeyAlgorithm.RSA_2048.generate(new SecureRandom()), names);
        var valid = awaitState(opened.order(), OrderState.Valid.class);
        var usual = account.download(valid, Optional.empty());

        var unknown = account.download(valid, Optional.of("No Such Root"));

        assertThat(unknown).isEqualTo(usual);
        // Pebble offers one chain here, so what is seen is that its root is recognised.
        var top = usual.certificates().getLast().getIssuerX500Principal().getName();
        assertThat(account.download(valid, Optional.of(top.replace("CN=", "")))).isEqualTo(usual);
    }

    @Test
    void whatIsNotProvenMakesTheOrderInvalidAndSaysWhy() {
        var opened = (OrderState.Pending) account.order(request(List.of("empty.app.test")));

        opened.challenges().forEach(account::trigger);

        var invalid = awaitState(opened.order(), OrderState.Invalid.class);
        assertThat(invalid.problem().sentence()).contains("empty.app.test: ").contains("TXT");
    }

    @Test
    void aNameTheCaWillNotIssueForIsRejected() {
        assertThatThrownBy(() -> account.order(request(List.of("blocked.example"))))
                .isInstanceOf(AcmeException.Rejected.class)
                .hasMessageContaining("blocked.example");
    }

    @Test
    void anOrderTheCaForgotIsGone() {
        var nowhere = URI.create(ca.directory().resolve("/my-order/").toString() + "forgotten");

        assertThatThrownBy(() -> account.look(nowhere)).isInstanceOf(AcmeException.Gone.class);
    }

    @Test
    void manyOrdersRunAtOnceOverOneAccount() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var issues = IntStream.range(0, 12)
                    .<Callable<CertificateChain>>mapToObj(i -> () -> issue(request(List.of("many-" + i + ".app.test"))))
                    .toList();

            var serials = threads.invokeAll(issues).stream()
                    .map(Future::resultNow)
                    .map(CertificateChain::serial)
                    .toList();

            assertThat(serials).hasSize(12).doesNotHaveDuplicates();
        }
    }

    @Test
    void anExternalAccountIsBoundAndAWrongOneToldApart() {
        var macKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
        var options = AcmeCa.Options.usual().withExternalAccounts(Map.of("kid-1", macKey));
        try (var closed = AcmeCa.start(scratch, nameServer, options)) {
            var asking =
                    new AcmeClient(AcmeServer.of(closed.directory()).trusting(closed.serverCaPem()), Clock.systemUTC());
            var key = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());

            assertThat(asking.directory().externalAccountRequired()).isTrue();
            assertThatThrownBy(() -> asking.register(key, bound(Optional.empty())))
                    .isInstanceOf(AcmeException.ExternalAccountRefused.class);
            assertThatThrownBy(() -> asking.register(
                            key, bound(Optional.of(new ExternalAccount("kid-1", macKey.replace('z', 'y'))))))
                    .isInstanceOf(AcmeException.ExternalAccountRefused.class);
            assertThatThrownBy(() -> asking.register(key, bound(Optional.of(new ExternalAccount("kid-9", macKey)))))
                    .isInstanceOf(AcmeException.ExternalAccountRefused.class);
            assertThat(asking.register(key, bound(Optional.of(new ExternalAccount("kid-1", macKey))))
                            .look()
                            .usable())
                    .isTrue();
        }
    }

    private static Registration bound(Optional<ExternalAccount> externalAccount) {
        return new Registration(Optional.empty(), true, externalAccount);
    }

    @Test
    void anAccountIsMissingAfterTheCaLostEverything() {
        try (var forgetful = AcmeCa.start(scratch, nameServer, AcmeCa.Options.usual())) {
            var asking = new AcmeClient(
                    AcmeServer.of(forgetful.directory()).trusting(forgetful.serverCaPem()), Clock.systemUTC());
            var key = KeyAlgorithm.ECDSA_P256.generate(new SecureRandom());
            var known = asking.register(key, bound(Optional.empty()));
            forgetful.stop();
            assertThatThrownBy(known::look).isInstanceOf(AcmeException.Unavailable.class);

            forgetful.start();

            assertThatThrownBy(() -> known.order(request(List.of("lost.app.test"))))
                    .isInstanceOf(AcmeException.AccountMissing.class);
            assertThat(asking.findAccount(key)).isEmpty();
            assertThat(asking.register(key, bound(Optional.empty())).look().usable())
                    .isTrue();
        }
    }

    @Test
    void aServerNobodyVouchesForIsNotTrusted() {
        var careful = new AcmeClient(AcmeServer.of(ca.directory()), Clock.systemUTC());

        assertThatThrownBy(careful::directory)
                .isInstanceOf(AcmeException.Untrusted.class)
                .hasMessageContaining(ca.directory().toString());
    }

    @Test
    void aServerThatIsDownIsUnavailable() {
        var nobody = URI.create("https://127.0.0.1:1/dir");

        assertThatThrownBy(() -> new AcmeClient(AcmeServer.of(nobody), Clock.systemUTC()).directory())
                .isInstanceOf(AcmeException.Unavailable.class)
                .hasMessageContaining(nobody.toString());
    }

    @Test
    void aPageThatIsNoDirectoryIsToldAsSuch() {
        var page = ca.directory().resolve("/no-such-page");

        assertThatThrownBy(() ->
                        new AcmeClient(AcmeServer.of(page).trusting(ca.serverCaPem()), Clock.systemUTC()).directory())
                .isInstanceOf(AcmeException.NotAcme.class)
                .hasMessageContaining("is it the URL of an ACME directory?");
    }

    private static OrderRequest request(List<String> names) {
        return new OrderRequest(names, Optional.of("default"), Optional.empty());
    }

    private static CertificateChain issue(OrderRequest request) {
        var opened = account.order(request);
        // Told never to use an authorization again, Pebble still does so once in a hundred times: it is ready then.
        if (opened instanceof OrderState.Pending pending) {
            prove(pending);
        }
        awaitState(opened.order(), OrderState.Ready.class);
        account.finish(opened.order(), KeyAlgorithm.ECDSA_P256.generate(new SecureRandom()), request.dnsNames());
        return account.download(awaitState(opened.order(), OrderState.Valid.class), Optional.empty());
    }

    private static void prove(OrderState.Pending order) {
        var records = order.challenges().stream()
                .collect(Collectors.groupingBy(
                        Dns01Challenge::recordName, Collectors.mapping(Dns01Challenge::digest, Collectors.toList())));
        for (var record : records.entrySet()) {
            zone.txt(record.getKey(), record.getValue());
        }
        order.challenges().forEach(account::trigger);
    }

    private static <T extends OrderState> T awaitState(URI order, Class<T> wanted) {
        Predicate<OrderState> settled = state -> wanted.isInstance(state) || state instanceof OrderState.Invalid;
        var state = await("order " + order)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> account.look(order), settled::test);
        return wanted.cast(state);
    }
}
