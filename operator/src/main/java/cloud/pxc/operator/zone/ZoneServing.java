package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.DnsException;
import cloud.pxc.operator.names.ServedZone;
import cloud.pxc.operator.zone.ZoneConnections.Servers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Has zones made on their servers, and names written there. */
@ApplicationScoped
class ZoneServing {

    private static final Logger LOG = Logger.getLogger(ZoneServing.class);

    private final ZoneConnections connections;
    private final ZoneProvisioner provisioner;
    private final ZoneNames names;
    private final ConcurrentMap<String, Ensured> ensured = new ConcurrentHashMap<>();

    ZoneServing(ZoneConnections connections, ZoneProvisioner provisioner, ZoneNames names) {
        this.connections = connections;
        this.provisioner = provisioner;
        this.names = names;
    }

    /** @param zones the zone itself first, then the reverse zones beside it */
    record Served(List<ServedZone> zones, Provision provision) {}

    /** What zones were last made by, and how far that got. */
    private record Ensured(List<Object> wanted, Provision provision) {}

    Served serve(DnsZone zone, ZonePlan plan) {
        var servers = connections.of(zone.getSpec());
        var provision = provision(zone, plan, servers);
        var zones = plan.zones().stream()
                .map(each -> servers.serving(each, plan.ttl()))
                .toList();
        names.serve(zones, provision.anew());
        return new Served(zones, provision);
    }

    /** A zone has vanished from a server, or is to: they are asked again. */
    void doubt(DnsZone zone) {
        ensured.remove(zone.getMetadata().getName());
    }

    /** Has lagging secondaries ask again, where there is a way to say so: who was away when told of a change would wait for long. */
    void refresh(DnsZone zone, ZonePlan plan) {
        for (var secondary : connections.of(zone.getSpec()).secondaries()) {
            try {
                secondary.control().ifPresent(control -> plan.zones().forEach(control::refresh));
            } catch (DnsException e) {
                LOG.debugf(
                        "zone=%s secondary=%s refreshed=false cause=%s",
                        plan.zone(), secondary.client().server(), e.getMessage());
            }
        }
    }

    /** The servers are asked once for each change of servers or keys. */
    private Provision provision(DnsZone zone, ZonePlan plan, Servers servers) {
        var name = zone.getMetadata().getName();
        var spec = zone.getSpec();
        var wanted = Arrays.<Object>asList(
                zone.getMetadata().getUid(),
                spec.primary(),
                spec.secondaries(),
                spec.dnssec(),
                plan.reverse(),
                servers.updateKey(),
                servers.transferKey());
        var before = ensured.get(name);
        if (before != null && before.wanted().equals(wanted)) {
            return before.provision();
        }
        var provision = provisioner.ensure(zone, plan, servers);
        if (provision.troubles().isEmpty()) {
            ensured.put(name, new Ensured(wanted, provision.settled()));
        }
        return provision;
    }
}
