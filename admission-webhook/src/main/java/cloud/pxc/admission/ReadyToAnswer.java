package cloud.pxc.admission;

import cloud.pxc.admission.serving.ServingCertificate;
import cloud.pxc.ledger.Opening;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether reviews may come. A ledger that is lost later does not count: all replicas would be gone at once, and with them the
 * answers that need no ledger, such as to the removal of finalizers.
 */
@Readiness
class ReadyToAnswer implements HealthCheck {

    private final ZoneCatalog catalog;
    private final CloudDomains domains;
    private final Opening ledger;
    private final ServingCertificate certificate;
    private final Rehearsal rehearsal;

    ReadyToAnswer(
            ZoneCatalog catalog,
            CloudDomains domains,
            Opening ledger,
            ServingCertificate certificate,
            Rehearsal rehearsal) {
        this.catalog = catalog;
        this.domains = domains;
        this.ledger = ledger;
        this.certificate = certificate;
        this.rehearsal = rehearsal;
    }

    @Override
    public HealthCheckResponse call() {
        var watched = catalog.isSynced() && domains.isSynced();
        var answered = ledger.isOpen();
        var trusted = certificate.isTrusted();
        var rehearsed = watched && answered && trusted && rehearsal.isOver();
        return HealthCheckResponse.named("admission")
                .status(rehearsed)
                .withData("zones, namespaces and clusters are watched", watched)
                .withData("ledger has answered", answered)
                .withData("serving certificate is trusted", trusted)
                .withData("reviews are rehearsed", rehearsed)
                .build();
    }
}
