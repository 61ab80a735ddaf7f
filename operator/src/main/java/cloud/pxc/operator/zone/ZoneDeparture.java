package cloud.pxc.operator.zone;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.zone.ZoneConnections.Servers;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Takes leave of zones whose objects are being deleted. */
@ApplicationScoped
class ZoneDeparture {

    private static final Logger LOG = Logger.getLogger(ZoneDeparture.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ZoneConnections connections;
    private final ZoneProvisioner provisioner;
    private final ZoneNames names;
    private final ZoneStatus status;
    private final Events events;

    ZoneDeparture(
            ZoneConnections connections,
            ZoneProvisioner provisioner,
            ZoneNames names,
            ZoneStatus status,
            Events events) {
        this.connections = connections;
        this.provisioner = provisioner;
        this.names = names;
        this.status = status;
        this.events = events;
    }

    DeleteControl next(DnsZone zone, Context<DnsZone> pass) {
        try {
            var plan = ZonePlan.of(zone);
            if (zone.getSpec().deletionPolicy() == DeletionPolicy.Delete) {
                var servers = connections.of(zone.getSpec());
                plan.zones().reversed().forEach(each -> remove(zone, plan, each, servers));
            }
            return letGo(zone);
        } catch (IllegalArgumentException | DnsException | LedgerUnavailable e) {
            return blocked(zone, e, pass);
        }
    }

    /** A zone that others made stays on its servers, without what the operator has written into it. */
    private void remove(DnsZone zone, ZonePlan plan, Fqdn each, Servers servers) {
        var owner = DnsZoneReconciler.owner(zone);
        if (provisioner.isOurs(each, servers)) {
            names.drop(each);
            provisioner.remove(owner, each, servers);
            provisioner.forget(each);
        } else {
            names.erase(servers.serving(each, plan.ttl()));
            provisioner.remove(owner, each, servers);
        }
    }

    private DeleteControl letGo(DnsZone zone) {
        ZonePlan.zonesOf(zone).forEach(names::drop);
        names.withdraw(DnsZoneReconciler.owner(zone));
        return DeleteControl.defaultDelete();
    }

    private DeleteControl blocked(DnsZone zone, RuntimeException cause, Context<DnsZone> pass) {
        if (Steering.isForced(zone)) {
            events.warning(
                    zone,
                    "LeftBehind",
                    "Let go by force; zone " + zone.getMetadata().getName() + " may be left on its servers: "
                            + cause.getMessage());
            return letGo(zone);
        }
        LOG.warnf("zone=%s deleted=false cause=%s", zone.getMetadata().getName(), cause.getMessage());
        status.write(zone, status.deleting(zone, cause), pass);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(RETRY.toMillis());
    }
}
