package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneStatus;
import cloud.pxc.dns.DnsException;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
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
import org.jboss.logging.Logger;

/** Keeps each DnsZone on its servers. */
@ControllerConfiguration(
        name = "dnszone",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class DnsZoneReconciler implements Reconciler<DnsZone>, Cleaner<DnsZone> {

    static final String KIND = "DnsZone";
    private static final Logger LOG = Logger.getLogger(DnsZoneReconciler.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ZoneSignals signals;
    private final ZoneServing serving;
    private final ZoneNames names;
    private final ZoneObserver observer;
    private final ZoneStatus status;
    private final ZoneDeparture departure;

    DnsZoneReconciler(
            ZoneSignals signals,
            ZoneServing serving,
            ZoneNames names,
            ZoneObserver observer,
            ZoneStatus status,
            ZoneDeparture departure) {
        this.signals = signals;
        this.serving = serving;
        this.names = names;
        this.observer = observer;
        this.status = status;
        this.departure = departure;
    }

    @Override
    public List<EventSource<?, DnsZone>> prepareEventSources(EventSourceContext<DnsZone> context) {
        return signals.sources(context);
    }

    @Override
    public UpdateControl<DnsZone> reconcile(DnsZone zone, Context<DnsZone> context) {
        if (Steering.isPaused(zone)) {
            return report(zone, status.paused(zone), null, context);
        }
        try {
            var plan = ZonePlan.of(zone);
            var served = serving.serve(zone, plan);
            var publication =
                    names.publish(owner(zone), plan, served.provision().ours());
            var facts = observer.observe(served.zones());
            if (facts.absent()) {
                serving.doubt(zone);
            } else if (!facts.behind().isEmpty()) {
                serving.refresh(zone, plan);
            }
            return report(
                    zone,
                    status.of(zone, facts, served.provision(), publication),
                    served.provision().troubles().isEmpty() ? facts.next() : RETRY,
                    context);
        } catch (IllegalArgumentException e) {
            return report(zone, status.invalid(zone, e.getMessage()), RETRY.multipliedBy(6), context);
        } catch (DnsException | LedgerUnavailable e) {
            LOG.warnf("zone=%s ready=false cause=%s", zone.getMetadata().getName(), e.getMessage());
            return report(zone, status.failing(zone, e), RETRY, context);
        }
    }

    @Override
    public DeleteControl cleanup(DnsZone zone, Context<DnsZone> context) {
        serving.doubt(zone);
        return departure.next(zone, context);
    }

    private UpdateControl<DnsZone> report(DnsZone zone, DnsZoneStatus after, Duration next, Context<DnsZone> context) {
        status.write(zone, after, context);
        var control = UpdateControl.<DnsZone>noUpdate();
        return next == null ? control : control.rescheduleAfter(next);
    }

    static Owner owner(DnsZone zone) {
        return new Owner(
                Owner.LOCAL,
                "",
                KIND,
                zone.getMetadata().getName(),
                zone.getMetadata().getUid());
    }
}
