package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.record.DnsRecordStatus;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is told of a record. */
@ApplicationScoped
class RecordStatus {

    private final Conditions conditions;
    private final ZoneCatalog catalog;

    RecordStatus(Conditions conditions, ZoneCatalog catalog) {
        this.conditions = conditions;
        this.catalog = catalog;
    }

    /** @param publication where the name was given to its namespace */
    DnsRecordStatus of(DnsRecord record, Verdict verdict, Optional<Publication> publication) {
        var before = record.getStatus();
        var generation = record.getMetadata().getGeneration();
        var serial = publication
                .filter(Publication.Live.class::isInstance)
                .map(live -> ((Publication.Live) live).serial().value())
                .orElse(before == null ? null : before.serial());
        var accepted = publication.isPresent();
        return new DnsRecordStatus(
                generation,
                conditions.after(before == null ? null : before.conditions(), generation, verdict),
                accepted,
                accepted
                        ? record.getMetadata().getNamespace() + "/" + DnsRecordReconciler.KIND + "/"
                                + record.getMetadata().getName()
                        : null,
                catalog.zoneOf(record.getSpec().fqdn())
                        .map(zone -> zone.getMetadata().getName())
                        .orElse(null),
                serial);
    }
}
