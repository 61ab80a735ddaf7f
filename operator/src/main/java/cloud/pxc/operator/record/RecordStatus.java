package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.record.DnsRecordStatus;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is told of a record. */
@ApplicationScoped
class RecordStatus {

    private final Conditions conditions;
    private final ZoneCatalog catalog;
    private final StatusWrites writes;

    RecordStatus(Conditions conditions, ZoneCatalog catalog, StatusWrites writes) {
        this.conditions = conditions;
        this.catalog = catalog;
        this.writes = writes;
    }

    void write(DnsRecord record, DnsRecordStatus after, Context<DnsRecord> pass) {
        writes.write(record, after, new DnsRecord(), pass);
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
