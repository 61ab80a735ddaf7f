package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.ZoneConfiguration;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.Audit;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.names.Wish;
import cloud.pxc.operator.zone.ZoneConnections.Servers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Makes zones on their servers, and removes them. */
@ApplicationScoped
class ZoneProvisioner {

    private final AppliedRecords applied;
    private final Audit audit;
    private final ZoneSettings settings;

    ZoneProvisioner(AppliedRecords applied, Audit audit, ZoneSettings settings) {
        this.applied = applied;
        this.audit = audit;
        this.settings = settings;
    }

    /** Makes the zone, and the reverse zones beside it, wherever a control channel allows it and they are not there. */
    void ensure(DnsZone object, Owner owner, ZonePlan plan, Servers servers) {
        ensure(object, owner, plan, servers, plan.zone(), plan.basics());
        for (var reverse : plan.reverse()) {
            ensure(object, owner, plan, servers, reverse, plan.reverseBasics(reverse));
        }
    }

    /** Whether the operator made the zone on its primary. */
    boolean isOurs(Fqdn zone, Servers servers) {
        return servers.primary()
                .control()
                .map(control -> control.presence(zone) == ZoneServer.Presence.OURS)
                .orElse(false);
    }

    /** Removes from every server what was made there by the operator, secondaries first, and forgets what was written. */
    void remove(Owner owner, ZonePlan plan, Servers servers) {
        var zones = new java.util.ArrayList<>(plan.reverse());
        zones.add(plan.zone());
        for (var zone : zones) {
            for (var server : servers.all().reversed()) {
                if (server.control().isPresent() && server.control().get().remove(zone)) {
                    audit.append(
                            owner,
                            null,
                            "removed",
                            "zone " + zone + " from " + server.client().server());
                }
            }
            applied.removeZone(zone.text());
        }
    }

    private void ensure(DnsZone object, Owner owner, ZonePlan plan, Servers servers, Fqdn zone, List<Wish> basics) {
        var control = servers.primary().control();
        if (control.isPresent() && control.get().presence(zone) != ZoneServer.Presence.FOREIGN) {
            createPrimary(object, owner, plan, servers, zone, basics, control.get());
        }
        for (var secondary : servers.secondaries()) {
            if (secondary.control().isPresent()
                    && secondary
                            .control()
                            .get()
                            .createSecondary(zone, servers.primary().client().server(), servers.transferKey())) {
                audit.append(
                        owner,
                        object.getMetadata().getGeneration(),
                        "created",
                        "secondary zone " + zone + " on " + secondary.client().server());
            }
        }
    }

    /** The zone starts with records that are ours: they are noted before, so that they are known for ours after a crash. */
    private void createPrimary(
            DnsZone object,
            Owner owner,
            ZonePlan plan,
            Servers servers,
            Fqdn zone,
            List<Wish> basics,
            ZoneServer control) {
        var rrsets = basics.stream()
                .map(wish -> RRset.of(wish.name(), wish.type(), plan.ttl().standard(), wish.values()))
                .toList();
        if (control.presence(zone) == ZoneServer.Presence.ABSENT) {
            // What an earlier zone of that name held is gone with it.
            applied.removeZone(zone.text());
            applied.put(rrsets.stream().map(rrset -> intent(zone, rrset, owner)).toList());
        }
        var configuration = new ZoneConfiguration(
                zone,
                plan.soa(),
                rrsets,
                servers.updateKey(),
                servers.transferKey(),
                Optional.ofNullable(object.getSpec().dnssec()).map(dnssec -> dnssec.policy()));
        var seed = new ZoneServer.SeedAddress(
                settings.seed().address(), settings.seed().port());
        if (control.createPrimary(configuration, servers.secondaryAddresses(), seed)) {
            audit.append(
                    owner,
                    object.getMetadata().getGeneration(),
                    "created",
                    "primary zone " + zone + " on " + servers.primary().client().server());
        }
    }

    private static AppliedRecord intent(Fqdn zone, RRset rrset, Owner owner) {
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
}
