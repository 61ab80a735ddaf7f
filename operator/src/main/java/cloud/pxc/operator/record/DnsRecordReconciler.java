package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.Wish;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps each DnsRecord in its zone. */
@ControllerConfiguration(
        name = "dnsrecord",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class DnsRecordReconciler implements Reconciler<DnsRecord>, Cleaner<DnsRecord> {

    static final String KIND = "DnsRecord";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final RecordSignals signals;
    private final Claims claims;
    private final ZoneCatalog catalog;
    private final Names names;
    private final RecordStatus status;
    private final RecordDeparture departure;

    DnsRecordReconciler(
            RecordSignals signals,
            Claims claims,
            ZoneCatalog catalog,
            Names names,
            RecordStatus status,
            RecordDeparture departure) {
        this.signals = signals;
        this.claims = claims;
        this.catalog = catalog;
        this.names = names;
        this.status = status;
        this.departure = departure;
    }

    @Override
    public List<EventSource<?, DnsRecord>> prepareEventSources(EventSourceContext<DnsRecord> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<DnsRecord> reconcile(DnsRecord record, Context<DnsRecord> context) {
        if (Steering.isPaused(record)) {
            return report(
                    record,
                    new Verdict.Stalled(
                            RecordReason.Paused,
                            "left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on"),
                    Optional.empty(),
                    context);
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
                                RecordReason.NameDenied, ruling.denials().getFirst()),
                        Optional.empty(),
                        context);
            }
            var publication = names.publish(owner, List.of(wish(record, name)));
            return report(record, verdict(name, publication), Optional.of(publication), context);
        } catch (IllegalArgumentException e) {
            return report(
                    record, new Verdict.Stalled(RecordReason.InvalidValue, e.getMessage()), Optional.empty(), context);
        } catch (LedgerUnavailable e) {
            return report(
                            record,
                            new Verdict.Failing(RecordReason.LedgerUnavailable, e.getMessage()),
                            Optional.empty(),
                            context)
                    .rescheduleAfter(RETRY);
        }
    }

    @Override
    public DeleteControl cleanup(DnsRecord record, Context<DnsRecord> context) {
        return departure.next(record, context);
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

    private UpdateControl<DnsRecord> report(
            DnsRecord record, Verdict verdict, Optional<Publication> publication, Context<DnsRecord> context) {
        status.write(record, status.of(record, verdict, publication), context);
        return UpdateControl.noUpdate();
    }

    static Owner owner(DnsRecord record) {
        var meta = record.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), KIND, meta.getName(), meta.getUid());
    }
}
