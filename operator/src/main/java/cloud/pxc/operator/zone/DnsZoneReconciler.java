package cloud.pxc.operator.zone;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneStatus;
import cloud.pxc.dns.DnsException;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.ServedZone;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Keeps each DnsZone on its servers. */
@ControllerConfiguration(name = "dnszone", fieldManager = "pxc")
public class DnsZoneReconciler implements Reconciler<DnsZone>, Cleaner<DnsZone> {

    static final String KIND = "DnsZone";
    private static final String PAUSED = "pxc.cloud/paused";
    private static final String FORCE_DELETE = "pxc.cloud/force-delete";
    private static final Logger LOG = Logger.getLogger(DnsZoneReconciler.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final TsigSecrets secrets;
    private final ZoneConnections connections;
    private final ZoneProvisioner provisioner;
    private final Names names;
    private final ZoneObserver observer;
    private final ZoneStatus status;
    private final ConcurrentMap<String, Object> ensured = new ConcurrentHashMap<>();

    DnsZoneReconciler(
            TsigSecrets secrets,
            ZoneConnections connections,
            ZoneProvisioner provisioner,
            Names names,
            ZoneObserver observer,
            ZoneStatus status) {
        this.secrets = secrets;
        this.connections = connections;
        this.provisioner = provisioner;
        this.names = names;
        this.observer = observer;
        this.status = status;
    }

    @Override
    public List<EventSource<?, DnsZone>> prepareEventSources(EventSourceContext<DnsZone> context) {
        var published = new SimpleInboundEventSource<DnsZone>("zone-publications");
        names.listen(KIND, owner -> published.propagateEvent(new ResourceID(owner.name())));
        return List.of(secrets.watch(context), published);
    }

    @Override
    public UpdateControl<DnsZone> reconcile(DnsZone zone, Context<DnsZone> context) {
        if ("true".equals(annotation(zone, PAUSED))) {
            return report(zone, status.paused(zone), null);
        }
        try {
            var plan = ZonePlan.of(zone);
            var servers = connections.of(zone.getSpec());
            var owner = owner(zone);
            ensure(zone, owner, plan, servers);
            var served = serve(plan, servers);
            var publication = names.publish(owner, plan.wishes());
            var facts = observer.observe(served, publication);
            if (facts.serial().isEmpty()) {
                ensured.remove(zone.getMetadata().getName());
            }
            return report(zone, status.of(zone, facts, provisioned(zone, plan, servers)), facts.next());
        } catch (IllegalArgumentException e) {
            return report(zone, status.invalid(zone, e.getMessage()), RETRY.multipliedBy(6));
        } catch (DnsException | LedgerUnavailable e) {
            LOG.warnf("zone=%s ready=false cause=%s", zone.getMetadata().getName(), e.getMessage());
            return report(zone, status.failing(zone, e), RETRY);
        }
    }

    @Override
    public DeleteControl cleanup(DnsZone zone, Context<DnsZone> context) {
        var owner = owner(zone);
        try {
            var plan = ZonePlan.of(zone);
            if (zone.getSpec().deletionPolicy() == DeletionPolicy.Delete) {
                names.drop(plan.zone());
                plan.reverse().forEach(names::drop);
                provisioner.remove(owner, plan, connections.of(zone.getSpec()));
            }
            return letGo(zone, plan);
        } catch (IllegalArgumentException | DnsException | LedgerUnavailable e) {
            if (annotation(zone, FORCE_DELETE) != null) {
                LOG.warnf(
                        "zone=%s forced=true left=behind cause=%s",
                        zone.getMetadata().getName(), e.getMessage());
                return letGo(zone, ZonePlan.of(zone));
            }
            LOG.warnf("zone=%s deleted=false cause=%s", zone.getMetadata().getName(), e.getMessage());
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(RETRY.toMillis());
        }
    }

    private DeleteControl letGo(DnsZone zone, ZonePlan plan) {
        names.drop(plan.zone());
        plan.reverse().forEach(names::drop);
        names.withdraw(owner(zone));
        ensured.remove(zone.getMetadata().getName());
        return DeleteControl.defaultDelete();
    }

    /** Asked of the servers once for each change of spec or keys, and again when the zone has vanished. */
    private void ensure(DnsZone zone, Owner owner, ZonePlan plan, ZoneConnections.Servers servers) {
        var name = zone.getMetadata().getName();
        var state = List.of(zone.getMetadata().getUid(), zone.getSpec(), servers.updateKey(), servers.transferKey());
        if (!state.equals(ensured.get(name))) {
            provisioner.ensure(zone, owner, plan, servers);
            ensured.put(name, state);
        }
    }

    private boolean provisioned(DnsZone zone, ZonePlan plan, ZoneConnections.Servers servers) {
        var known = zone.getStatus() == null ? null : zone.getStatus().created();
        return Boolean.TRUE.equals(known) || provisioner.isOurs(plan.zone(), servers);
    }

    private ServedZone serve(ZonePlan plan, ZoneConnections.Servers servers) {
        var followers = servers.secondaries().stream()
                .map(ZoneConnections.Connection::client)
                .toList();
        for (var reverse : plan.reverse()) {
            names.serve(
                    new ServedZone(reverse, servers.primary().client(), servers.updateKey(), followers, plan.ttl()));
        }
        var served =
                new ServedZone(plan.zone(), servers.primary().client(), servers.updateKey(), followers, plan.ttl());
        names.serve(served);
        return served;
    }

    private UpdateControl<DnsZone> report(DnsZone zone, DnsZoneStatus after, Duration next) {
        UpdateControl<DnsZone> control;
        if (Objects.equals(zone.getStatus(), after)) {
            control = UpdateControl.noUpdate();
        } else {
            zone.setStatus(after);
            control = UpdateControl.patchStatus(zone);
        }
        return next == null ? control : control.rescheduleAfter(next);
    }

    private static String annotation(DnsZone zone, String key) {
        var annotations = zone.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }

    static Owner owner(DnsZone zone) {
        return new Owner(
                Owner.LOCAL,
                "",
                KIND,
                zone.getMetadata().getName(),
                zone.getMetadata().getUid());
    }

    /** What is known of the verdict for a publication. */
    static Verdict verdict(Publication publication, String served) {
        return switch (publication) {
            case Publication.Live live -> new Verdict.Ready(ZoneReason.Served, served);
            case Publication.Pending(var message) -> new Verdict.Progressing(ZoneReason.Publishing, message);
            case Publication.Refused(var message) -> new Verdict.Failing(ZoneReason.RecordRefused, message);
            case Publication.Failing(var message) -> new Verdict.Failing(ZoneReason.ServerRefused, message);
        };
    }
}
