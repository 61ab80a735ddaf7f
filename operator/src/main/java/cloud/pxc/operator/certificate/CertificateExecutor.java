package cloud.pxc.operator.certificate;

import cloud.pxc.acme.OrderRequest;
import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.operator.certificate.CertificateFacts.Attempt;
import cloud.pxc.operator.issuer.IssuerView;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does the steps that need doing. Each leaves behind what the next one needs, in a Secret, in the status or at the CA. */
@ApplicationScoped
class CertificateExecutor {

    private static final Logger LOG = Logger.getLogger(CertificateExecutor.class);

    private final CertificateSecrets secrets;
    private final CertificateStatuses statuses;
    private final ChallengeRecords records;
    private final IssueLog issues;
    private final OrderGate gate;
    private final SecureRandom random;

    CertificateExecutor(
            CertificateSecrets secrets,
            CertificateStatuses statuses,
            ChallengeRecords records,
            IssueLog issues,
            OrderGate gate,
            SecureRandom random) {
        this.secrets = secrets;
        this.statuses = statuses;
        this.records = records;
        this.issues = issues;
        this.gate = gate;
        this.random = random;
    }

    Attempt keepKey(Certificate certificate, CertificateRequest request, CertificateFacts facts, Step.KeepKey step) {
        var keys = step.reuse() && facts.held() instanceof HeldSecret.Pair pair
                ? pair.key()
                : request.algorithm().generate(random);
        secrets.keepNextKey(certificate, new NextKey(keys, request.purpose()));
        return facts.attempt();
    }

    Attempt discardKey(Certificate certificate, Attempt attempt) {
        records.withdraw(certificate);
        secrets.discardNextKey(certificate);
        gate.leave(uid(certificate));
        return new Attempt(Optional.empty(), attempt.failures(), attempt.notBefore());
    }

    /** @return the order's URL with the attempt; it is in the status by then */
    Attempt openOrder(Certificate certificate, CertificateRequest request, CertificateFacts facts) {
        var issuer = usable(facts);
        var replaced = facts.held() instanceof HeldSecret.Pair pair
                        && pair.issuer().equals(request.issuer())
                        && pair.isFor(request.dnsNames())
                ? Optional.of(pair.chain())
                : Optional.<cloud.pxc.acme.CertificateChain>empty();
        var order = issuer.account().order(new OrderRequest(request.dnsNames(), issuer.profile(), replaced));
        statuses.keepOrder(certificate, order.order());
        log(certificate, "order=" + order.order());
        return new Attempt(Optional.of(order.order()), facts.attempt().failures(), Optional.empty());
    }

    Attempt publish(Certificate certificate, CertificateFacts facts, Step.Publish step) {
        records.publish(certificate, step.records());
        return facts.attempt();
    }

    Attempt trigger(CertificateFacts facts, Step.Trigger step) {
        step.challenges().forEach(usable(facts).account()::trigger);
        return facts.attempt();
    }

    Attempt finish(CertificateRequest request, CertificateFacts facts, Step.Finish step) {
        usable(facts).account().finish(step.order(), nextKey(facts), request.dnsNames());
        return facts.attempt();
    }

    /** @return empty where the CA issued for another key than the one kept, of which nothing can be made */
    Optional<Attempt> store(
            Certificate certificate, CertificateRequest request, CertificateFacts facts, Step.Store step) {
        var issuer = usable(facts);
        var chain = issuer.account().download(step.order(), issuer.preferredChain());
        var key = nextKey(facts);
        if (!chain.publicKey().equals(key.getPublic())) {
            return Optional.empty();
        }
        issues.issued(certificate, request.issuer(), request.dnsNames(), chain.serial());
        var revision = facts.held() instanceof HeldSecret.Pair pair ? pair.revision() + 1 : 1;
        secrets.store(certificate, chain, key, request.issuer(), revision);
        log(certificate, "issued=" + chain.serial() + " until=" + chain.notAfter() + " revision=" + revision);
        return Optional.of(facts.attempt());
    }

    Attempt tidy(Certificate certificate) {
        discardKey(certificate, Attempt.NONE);
        return Attempt.NONE;
    }

    /** Says that no records are wanted: some may be left of a process that was killed while tidying up. */
    void rest(Certificate certificate) {
        records.withdraw(certificate);
    }

    /** Lets the order go; the key is kept for the next one. */
    void dropOrder(Certificate certificate) {
        records.withdraw(certificate);
        gate.leave(uid(certificate));
    }

    private static java.security.KeyPair nextKey(CertificateFacts facts) {
        return facts.nextKey().orElseThrow().keys();
    }

    private static IssuerView.Usable usable(CertificateFacts facts) {
        return (IssuerView.Usable) facts.issuer().orElseThrow();
    }

    private static String uid(Certificate certificate) {
        return certificate.getMetadata().getUid();
    }

    private static void log(Certificate certificate, String what) {
        LOG.infof(
                "certificate=%s/%s %s",
                certificate.getMetadata().getNamespace(),
                certificate.getMetadata().getName(),
                what);
    }
}
