package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.certificate.CertificateStatus;
import cloud.pxc.operator.certificate.CertificateCourse.Halt;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes the status of a Certificate. A certificate that still serves keeps it {@code Ready} while the next one is under way or
 * fails; {@code Issuing} tells of that one.
 */
@ApplicationScoped
class CertificateReport {

    static final String ISSUING = "Issuing";
    static final String REPLICATED = "Replicated";

    private final Conditions conditions;

    CertificateReport(Conditions conditions) {
        this.conditions = conditions;
    }

    CertificateStatus status(Certificate certificate, Halt halt, Replicas.Result replicas) {
        var before = Optional.ofNullable(certificate.getStatus());
        var request = CertificateRequest.of(certificate.getSpec());
        var pair = halt.facts()
                .map(CertificateFacts::held)
                .filter(HeldSecret.Pair.class::isInstance)
                .map(HeldSecret.Pair.class::cast);
        var unseen = halt.facts().isEmpty();
        return new CertificateStatus(
                certificate.getMetadata().getGeneration(),
                conditions(certificate, request, halt, pair, replicas),
                names(certificate.getSpec().dnsNames()),
                pair.map(held -> held.chain().notBefore().toString())
                        .orElse(
                                unseen
                                        ? before.map(CertificateStatus::notBefore)
                                                .orElse(null)
                                        : null),
                pair.map(held -> held.chain().notAfter().toString())
                        .orElse(unseen ? before.map(CertificateStatus::notAfter).orElse(null) : null),
                halt.facts()
                        .flatMap(CertificateFacts::renewalTime)
                        .map(CertificateReport::seconds)
                        .orElse(
                                unseen
                                        ? before.map(CertificateStatus::renewalTime)
                                                .orElse(null)
                                        : null),
                pair.map(held -> held.chain().serial())
                        .orElse(unseen ? before.map(CertificateStatus::serial).orElse(null) : null),
                halt.attempt().order().map(Object::toString).orElse(null),
                halt.attempt()
                        .order()
                        .map(order -> CertificateSecrets.nextKeyName(certificate))
                        .orElse(null),
                halt.attempt().failures() == 0 ? null : halt.attempt().failures(),
                halt.attempt().notBefore().map(CertificateReport::seconds).orElse(null),
                pair.map(HeldSecret.Pair::revision)
                        .orElse(unseen ? before.map(CertificateStatus::revision).orElse(null) : null),
                replicas.namespaces());
    }

    /** Everything as it was, but that nothing is done any more; what is held goes on serving. */
    CertificateStatus paused(Certificate certificate) {
        var before = certificate.getStatus() == null ? CertificateStatuses.empty() : certificate.getStatus();
        var generation = certificate.getMetadata().getGeneration();
        var verdict = new Verdict.Stalled(
                CertificateReason.Paused,
                "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on");
        var told = Conditions.isReady(before.conditions())
                ? before.conditions()
                : conditions.after(before.conditions(), generation, verdict);
        return new CertificateStatus(
                generation,
                conditions.with(told, generation, ISSUING, false, verdict.reason(), verdict.message()),
                names(certificate.getSpec().dnsNames()),
                before.notBefore(),
                before.notAfter(),
                before.renewalTime(),
                before.serial(),
                before.orderUrl(),
                before.nextKeySecret(),
                before.failures(),
                before.nextAttempt(),
                before.revision(),
                before.replicatedTo());
    }

    private List<Condition> conditions(
            Certificate certificate,
            CertificateRequest request,
            Halt halt,
            Optional<HeldSecret.Pair> pair,
            Replicas.Result replicas) {
        var generation = certificate.getMetadata().getGeneration();
        var before = certificate.getStatus() == null
                ? List.<Condition>of()
                : certificate.getStatus().conditions();
        var result = before;
        var serves = halt.facts().flatMap(facts -> pair.filter(held -> held.serves(request.dnsNames(), facts.now())));
        if (serves.isPresent()) {
            result = conditions.after(
                    result, generation, new Verdict.Ready(CertificateReason.Issued, holds(request, serves.get())));
        } else if (halt.verdict().isPresent() && !(halt.facts().isEmpty() && Conditions.isReady(before))) {
            result = conditions.after(result, generation, halt.verdict().get());
        }
        result = issuing(result, generation, halt);
        return replicated(result, generation, replicas);
    }

    private List<Condition> issuing(List<Condition> before, Long generation, Halt halt) {
        if (halt.verdict().isPresent()) {
            var verdict = halt.verdict().get();
            return conditions.with(
                    before,
                    generation,
                    ISSUING,
                    !(verdict instanceof Verdict.Stalled),
                    verdict.reason(),
                    verdict.message());
        }
        var rests = halt.attempt().notBefore().isEmpty() && halt.facts().isPresent();
        return rests
                ? conditions.with(before, generation, ISSUING, false, CertificateReason.Issued, "nothing is under way")
                : before;
    }

    private List<Condition> replicated(List<Condition> before, Long generation, Replicas.Result replicas) {
        if (!replicas.problems().isEmpty()) {
            return conditions.with(
                    before,
                    generation,
                    REPLICATED,
                    false,
                    CertificateReason.SecretTaken,
                    String.join("; ", replicas.problems()));
        }
        if (Conditions.find(before, REPLICATED).isEmpty()
                && replicas.namespaces().isEmpty()) {
            return before;
        }
        return conditions.with(
                before,
                generation,
                REPLICATED,
                true,
                CertificateReason.Issued,
                replicas.namespaces().size() + " namespaces hold a copy");
    }

    private static String holds(CertificateRequest request, HeldSecret.Pair pair) {
        return "Secret " + request.secretName() + " holds a certificate for "
                + String.join(", ", request.dnsNames()) + " until "
                + pair.chain().notAfter();
    }

    private static String names(List<String> dnsNames) {
        return dnsNames.size() == 1 ? dnsNames.getFirst() : dnsNames.getFirst() + " +" + (dnsNames.size() - 1);
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
