package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.ZoneConfiguration;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.Audit;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.zone.ZoneConnections.Servers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Makes zones on their servers, and removes them. */
@ApplicationScoped
class ZoneProvisioner {

    private final AppliedRecords applied;
    private final Audit audit;
    private final ZoneSettings settings;

    /** Where the first content of zones has a port of its own, it serves one of them at a time. */
    private final Lock seedPort = new ReentrantLock();

    ZoneProvisioner(AppliedRecords applied, Audit audit, ZoneSettings settings) {
        this.applied = applied;
        this.audit = audit;
        this.settings = settings;
    }

    /**
     * Makes the zone, and the reverse zones beside it, wherever a control channel allows it and they are not there. A channel
     * that can't be used holds up nothing, unless it is not known yet whose the zone is.
     */
    Provision ensure(DnsZone object, ZonePlan plan, Servers servers) {
        return new Pass(object, plan, servers).ensure();
    }

    /** Whether the operator made the zone on its primary. */
    boolean isOurs(Fqdn zone, Servers servers) {
        return servers.primary()
                .control()
                .map(control -> control.presence(zone) == ZoneServer.Presence.OURS)
                .orElse(false);
    }

    /** Removes a zone from every server where it was made by the operator, secondaries first. */
    void remove(Owner owner, Fqdn zone, Servers servers) {
        for (var server : servers.all().reversed()) {
            if (server.control().isPresent() && server.control().get().remove(zone)) {
                audit.append(
                        owner,
                        null,
                        "removed",
                        "zone " + zone + " from " + server.client().server());
            }
        }
    }

    /** Forgets what was written in a zone that is gone. */
    void forget(Fqdn zone) {
        applied.removeZone(zone.text());
    }

    private final class Pass {

        private final DnsZone object;
        private final Owner owner;
        private final ZonePlan plan;
        private final Servers servers;
        private final HashSet<Fqdn> ours = new HashSet<>();
        private final HashSet<Fqdn> anew = new HashSet<>();
        private final List<DnsException> troubles = new ArrayList<>();

        Pass(DnsZone object, ZonePlan plan, Servers servers) {
            this.object = object;
            this.owner = DnsZoneReconciler.owner(object);
            this.plan = plan;
            this.servers = servers;
        }

        Provision ensure() {
            for (var zone : plan.zones()) {
                servers.primary().control().ifPresent(control -> ensurePrimary(zone, control));
                for (var secondary : servers.secondaries()) {
                    secondary.control().ifPresent(control -> ensureSecondary(zone, secondary, control));
                }
            }
            return new Provision(ours, anew, troubles);
        }

        private void ensurePrimary(Fqdn zone, ZoneServer control) {
            try {
                var presence = control.presence(zone);
                if (presence == ZoneServer.Presence.FOREIGN) {
                    return;
                }
                if (presence == ZoneServer.Presence.ABSENT) {
                    // What an earlier zone of that name held is gone with it.
                    applied.removeZone(zone.text());
                    applied.put(basics(zone).stream()
                            .map(rrset -> intent(zone, rrset))
                            .toList());
                }
                ours.add(zone);
                if (create(zone, control)) {
                    anew.add(zone);
                    audit("primary zone " + zone + " on "
                            + servers.primary().client().server());
                }
            } catch (DnsException e) {
                var created =
                        object.getStatus() == null ? null : object.getStatus().created();
                if (created == null) {
                    throw e;
                }
                if (created) {
                    ours.add(zone);
                }
                troubles.add(e);
            }
        }

        private void ensureSecondary(Fqdn zone, ZoneConnections.Connection secondary, ZoneServer control) {
            try {
                if (control.createSecondary(zone, servers.primary().client().server(), servers.transferKey())) {
                    audit("secondary zone " + zone + " on " + secondary.client().server());
                }
            } catch (DnsException e) {
                troubles.add(e);
            }
        }

        private boolean create(Fqdn zone, ZoneServer control) {
            var configuration = new ZoneConfiguration(
                    zone,
                    plan.soa(),
                    basics(zone),
                    servers.updateKey(),
                    servers.transferKey(),
                    Optional.ofNullable(object.getSpec().dnssec()).map(dnssec -> dnssec.policy()));
            var seed = new ZoneServer.SeedAddress(
                    settings.seed().address(), settings.seed().port());
            if (seed.port() == 0) {
                return control.createPrimary(configuration, servers.secondaryAddresses(), seed);
            }
            seedPort.lock();
            try {
                return control.createPrimary(configuration, servers.secondaryAddresses(), seed);
            } finally {
                seedPort.unlock();
            }
        }

        private List<RRset> basics(Fqdn zone) {
            return plan.basicsOf(zone).stream()
                    .map(wish -> RRset.of(wish.name(), wish.type(), plan.ttl().standard(), wish.values()))
                    .toList();
        }

        /** The zone starts with records that are ours: noted before, so that they are known for ours after a crash. */
        private AppliedRecord intent(Fqdn zone, RRset rrset) {
            return new AppliedRecord(
                    zone.text(),
                    rrset.name().text(),
                    rrset.type().name(),
                    rrset.ttl(),
                    rrset.values(),
                    Optional.empty(),
                    List.of(owner.uid()),
                    AppliedRecord.State.PENDING,
                    Optional.empty());
        }

        private void audit(String subject) {
            audit.append(owner, object.getMetadata().getGeneration(), "created", subject);
        }
    }
}
