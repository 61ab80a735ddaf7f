package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.certificate.CertificateCourse.Halt;
import cloud.pxc.operator.certificate.CertificateFacts.Attempt;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Keeps the Secret of each Certificate filled with a certificate that is good, from the first order to the last renewal. */
@ControllerConfiguration(
        name = "certificate",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class CertificateReconciler implements Reconciler<Certificate>, Cleaner<Certificate> {

    private static final Logger LOG = Logger.getLogger(CertificateReconciler.class);
    private static final Duration LEDGER_AGAIN = Duration.ofSeconds(5);

    private final CertificateStatuses statuses;
    private final CertificateCourse course;
    private final CertificateReport report;
    private final CertificateLeavings leavings;
    private final Signals signals;
    private final Clock clock;

    CertificateReconciler(
            CertificateStatuses statuses,
            CertificateCourse course,
            CertificateReport report,
            CertificateLeavings leavings,
            Signals signals,
            Clock clock) {
        this.statuses = statuses;
        this.course = course;
        this.report = report;
        this.leavings = leavings;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Certificate>> prepareEventSources(EventSourceContext<Certificate> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<Certificate> reconcile(Certificate cached, Context<Certificate> context) {
        var certificate = statuses.fresh(cached);
        if (certificate == null) {
            return UpdateControl.noUpdate();
        }
        if (Steering.isPaused(certificate)) {
            statuses.write(certificate, report.paused(certificate));
            return UpdateControl.noUpdate();
        }
        var halt = course.run(certificate);
        var replicas = leavings.afterwards(certificate, halt);
        statuses.write(certificate, report.status(certificate, halt, replicas));
        return UpdateControl.<Certificate>noUpdate().rescheduleAfter(untilNext(halt));
    }

    @Override
    public DeleteControl cleanup(Certificate certificate, Context<Certificate> context) {
        try {
            leavings.remove(certificate);
            return DeleteControl.defaultDelete();
        } catch (LedgerUnavailable e) {
            if (Steering.isForced(certificate)) {
                LOG.warnf(
                        "certificate=%s/%s forced=true left=names why=%s",
                        certificate.getMetadata().getNamespace(),
                        certificate.getMetadata().getName(),
                        e.getMessage());
                return DeleteControl.defaultDelete();
            }
            var verdict = new Verdict.Failing(CertificateReason.LedgerUnavailable, e.getMessage());
            var halt = new Halt(Optional.empty(), Attempt.NONE, Optional.of(verdict), Optional.empty(), false);
            statuses.write(certificate, report.status(certificate, halt, Replicas.Result.NONE));
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(LEDGER_AGAIN.toMillis());
        }
    }

    /** Long waits are cut by what else may have to be looked at, among it the CA's advice when to renew. */
    private Duration untilNext(Halt halt) {
        var now = clock.instant();
        var next = Stream.concat(halt.next().stream(), halt.facts().flatMap(leavings::askAgain).stream())
                .min(Instant::compareTo)
                .orElse(now.plus(Duration.ofHours(1)));
        var wait = Duration.between(now, next);
        return wait.isPositive() ? wait : Duration.ofMillis(1);
    }
}
