package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.record.DnsRecordStatus;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.Wish;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps each DnsRecord in its zone. */
@ControllerConfiguration(name = "dnsrecord", fieldManager = "pxc")
public class DnsRecordReconciler implements Reconciler<DnsRecord>, Cleaner<DnsRecord> {

    static final String KIND = "DnsRecord";
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration GONE_SOON = Duration.ofMillis(100);

    private final Claims claims;
    private final ZoneCatalog catalog;
    private final Names names;
    private final Conditions conditions;

    DnsRecordReconciler(Claims claims, ZoneCatalog catalog, Names names, Conditions conditions) {
        this.claims = claims;
        this.catalog = catalog;
        this.names = names;
        this.conditions = conditions;
    }

    @Override
    public List<EventSource<?, DnsRecord>> prepareEventSources(EventSourceContext<DnsRecord> context) {
        var published = new SimpleInboundEventSource<DnsRecord>("record-publications");
        names.listen(KIND, owner -> published.propagateEvent(new ResourceID(owner.name(), owner.namespace())));
        catalog.listen(() -> context.getPrimaryCache()
                .list()
                .forEach(record -> published.propagateEvent(ResourceID.fromResource(record))));
        return List.of(published);
    }

    @Override
    public UpdateControl<DnsRecord> reconcile(DnsRecord record, Context<DnsRecord> context) {
        if (paused(record)) {
            return report(
                    record,
                    new Verdict.Stalled(
                            RecordReason.Paused,
                            "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on"),
                    Optional.empty());
        }
        var owner = owner(record);
        try {
            var name = Fqdn.of(record.getSpec().fqdn());
            var ruling = claims.rule(owner, List.of(name));
            if (!ruling.granted().contains(name)) {
                names.publish(owner, List.of());
                return report(
                                record,
                                new Verdict.Failing(
                                        RecordReason.NameDenied,
                                        ruling.denials().getFirst()),
                                Optional.empty())
                        .rescheduleAfter(RETRY);
            }
            var publication = names.publish(owner, List.of(wish(record, name)));
            return report(record, verdict(name, publication), Optional.of(publication));
        } catch (IllegalArgumentException e) {
            return report(record, new Verdict.Stalled(RecordReason.InvalidValue, e.getMessage()), Optional.empty());
        } catch (LedgerUnavailable e) {
            return report(record, new Verdict.Failing(RecordReason.LedgerUnavailable, e.getMessage()), Optional.empty())
                    .rescheduleAfter(RETRY);
        }
    }

    @Override
    public DeleteControl cleanup(DnsRecord record, Context<DnsRecord> context) {
        var owner = owner(record);
        names.withdraw(owner);
        if (!names.isWithdrawn(owner) && !forced(record)) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(GONE_SOON.toMillis());
        }
        claims.release(owner);
        return DeleteControl.defaultDelete();
    }

    private Wish wish(DnsRecord record, Fqdn name) {
        var spec = record.getSpec();
        var type = RecordType.valueOf(spec.type().name());
        var zone = catalog.zoneOf(name.text())
                .map(found -> Fqdn.of(found.getMetadata().getName()))
                .orElse(name);
        return new Wish(
                name,
                type,
                RRset.absolute(type, spec.values(), zone),
                Optional.ofNullable(spec.ttl()).map(Integer::longValue));
    }

    private static Verdict verdict(Fqdn name, Publication publication) {
        return switch (publication) {
            case Publication.Live live ->
                new Verdict.Ready(RecordReason.Live, name + " is answered by all " + live.servers() + " name servers");
            case Publication.Pending(var message) -> new Verdict.Progressing(RecordReason.Publishing, message);
            case Publication.Refused(var message) -> new Verdict.Failing(RecordReason.NameDenied, message);
            case Publication.Failing(var cause, var message) -> new Verdict.Failing(RecordReason.ZoneFailing, message);
        };
    }

    private UpdateControl<DnsRecord> report(DnsRecord record, Verdict verdict, Optional<Publication> publication) {
        var before = record.getStatus();
        var generation = record.getMetadata().getGeneration();
        var serial = publication
                .filter(Publication.Live.class::isInstance)
                .map(live -> ((Publication.Live) live).serial().value())
                .orElse(before == null ? null : before.serial());
        var accepted = publication.isPresent();
        var after = new DnsRecordStatus(
                generation,
                conditions.after(before == null ? null : before.conditions(), generation, verdict),
                accepted,
                accepted
                        ? record.getMetadata().getNamespace() + "/" + KIND + "/"
                                + record.getMetadata().getName()
                        : null,
                catalog.zoneOf(record.getSpec().fqdn())
                        .map(zone -> zone.getMetadata().getName())
                        .orElse(null),
                serial);
        if (Objects.equals(before, after)) {
            return UpdateControl.noUpdate();
        }
        record.setStatus(after);
        return UpdateControl.patchStatus(record);
    }

    private static boolean paused(DnsRecord record) {
        var annotations = record.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get("pxc.cloud/paused"));
    }

    private static boolean forced(DnsRecord record) {
        var annotations = record.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey("pxc.cloud/force-delete");
    }

    private static Owner owner(DnsRecord record) {
        var meta = record.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), KIND, meta.getName(), meta.getUid());
    }
}
