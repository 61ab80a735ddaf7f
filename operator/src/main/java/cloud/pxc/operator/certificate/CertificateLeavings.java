package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.operator.certificate.CertificateCourse.Halt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** What a Certificate leaves in the world beside its own Secret: copies, events, names and challenge records. */
@ApplicationScoped
class CertificateLeavings {

    private final Replicas replicas;
    private final CertificateEvents events;
    private final RenewalAdvice advice;
    private final ChallengeRecords records;
    private final NameRights rights;
    private final OrderGate gate;

    CertificateLeavings(
            Replicas replicas,
            CertificateEvents events,
            RenewalAdvice advice,
            ChallengeRecords records,
            NameRights rights,
            OrderGate gate) {
        this.replicas = replicas;
        this.events = events;
        this.advice = advice;
        this.records = records;
        this.rights = rights;
        this.gate = gate;
    }

    /** Spreads what was stored, and tells of it. */
    Replicas.Result afterwards(Certificate certificate, Halt halt) {
        if (halt.issued()) {
            halt.facts()
                    .map(CertificateFacts::held)
                    .filter(HeldSecret.Pair.class::isInstance)
                    .map(HeldSecret.Pair.class::cast)
                    .ifPresent(pair -> events.issued(certificate, pair));
        }
        return replicas.sync(certificate);
    }

    /** When the CA is asked again about the certificate that is held. */
    Optional<Instant> askAgain(CertificateFacts facts) {
        return facts.held() instanceof HeldSecret.Pair pair ? advice.askAgain(pair.chain()) : Optional.empty();
    }

    /** Takes everything away; the Secrets beside the Certificate go with it by their owner reference. */
    void remove(Certificate certificate) {
        records.withdraw(certificate);
        replicas.removeAll(certificate);
        gate.leave(certificate.getMetadata().getUid());
        rights.release(certificate);
    }
}
