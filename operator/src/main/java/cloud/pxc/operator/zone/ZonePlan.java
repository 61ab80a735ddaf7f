package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneSpec;
import cloud.pxc.crds.zone.Soa;
import cloud.pxc.crds.zone.StaticRecord;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneConfiguration;
import cloud.pxc.operator.names.ServedZone;
import cloud.pxc.operator.names.Wish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A zone as its spec wants it: pure, from the spec alone.
 *
 * @param reverse zones under {@code in-addr.arpa} and {@code ip6.arpa} kept beside it
 * @param basics NS records and addresses of the name servers: what a new zone starts with
 * @param own the zone's own records besides
 */
record ZonePlan(
        Fqdn zone,
        List<Fqdn> reverse,
        ZoneConfiguration.Soa soa,
        ServedZone.TtlBounds ttl,
        List<Wish> basics,
        List<Wish> own) {

    private static final Soa USUAL_SOA = new Soa("hostmaster", 3600, 600, 1_209_600, 60);
    private static final ServedZone.TtlBounds USUAL_TTL = new ServedZone.TtlBounds(300, 30, 86_400);

    /** A name server of the zone; one that lies in the zone itself needs its address there. */
    private record Server(Fqdn name, Optional<String> glue) {}

    /** @throws IllegalArgumentException if a name or value of the spec can't be; the message says which and why */
    static ZonePlan of(DnsZone object) {
        var spec = object.getSpec();
        var zone = Fqdn.of(object.getMetadata().getName());
        var ttl = spec.ttl() == null
                ? USUAL_TTL
                : new ServedZone.TtlBounds(
                        spec.ttl().standard(), spec.ttl().min(), spec.ttl().max());
        var servers = servers(zone, spec);
        var basics = basics(zone, servers);
        var own = spec.records().stream().map(record -> wish(zone, record)).toList();
        var reverse = reverse(spec);
        return new ZonePlan(zone, reverse, soa(zone, spec, servers, ttl), ttl, basics, own);
    }

    /** The zone and the reverse zones beside it. */
    List<Fqdn> zones() {
        return both(zone, reverse);
    }

    /** The same of an object whose spec may be wrong elsewhere. */
    static List<Fqdn> zonesOf(DnsZone object) {
        return both(Fqdn.of(object.getMetadata().getName()), reverse(object.getSpec()));
    }

    private static List<Fqdn> both(Fqdn zone, List<Fqdn> reverse) {
        var zones = new ArrayList<Fqdn>();
        zones.add(zone);
        zones.addAll(reverse);
        return zones;
    }

    private static List<Fqdn> reverse(DnsZoneSpec spec) {
        return spec.reverse() == null
                ? List.of()
                : spec.reverse().zones().stream().map(Fqdn::of).toList();
    }

    /** What one of its zones starts with; a reverse zone has the same name servers. */
    List<Wish> basicsOf(Fqdn each) {
        return each.equals(zone)
                ? basics
                : basics.stream()
                        .filter(wish -> wish.type() == RecordType.NS)
                        .map(wish -> Wish.of(each, RecordType.NS, wish.values()))
                        .toList();
    }

    /** @param made those of its zones whose name servers are ours to say; of others only its own records are written */
    List<Wish> wishes(Collection<Fqdn> made) {
        var wishes = new ArrayList<Wish>();
        zones().stream().filter(made::contains).forEach(each -> wishes.addAll(basicsOf(each)));
        wishes.addAll(own);
        return wishes;
    }

    private static List<Server> servers(Fqdn zone, DnsZoneSpec spec) {
        var servers = new ArrayList<Server>();
        servers.add(server(zone, spec.primary().hostname(), spec.primary().address(), 1));
        for (var secondary : spec.secondaries()) {
            servers.add(server(zone, secondary.hostname(), secondary.address(), servers.size() + 1));
        }
        return servers;
    }

    private static Server server(Fqdn zone, String hostname, String address, int number) {
        var name = hostname == null ? zone.child("ns" + number) : Fqdn.of(hostname);
        return new Server(name, name.isWithin(zone) ? Optional.of(address) : Optional.empty());
    }

    private static List<Wish> basics(Fqdn zone, List<Server> servers) {
        var wishes = new ArrayList<Wish>();
        wishes.add(Wish.of(
                zone,
                RecordType.NS,
                servers.stream().map(server -> server.name() + ".").toList()));
        for (var server : servers) {
            server.glue()
                    .ifPresent(address -> wishes.add(Wish.of(server.name(), addressType(address), List.of(address))));
        }
        return wishes;
    }

    private static Wish wish(Fqdn zone, StaticRecord record) {
        var name = record.name().equals("@") ? zone : zone.child(record.name());
        var type = RecordType.valueOf(record.type().name());
        return new Wish(
                name,
                type,
                RRset.absolute(type, record.values(), zone),
                Optional.ofNullable(record.ttl()).map(Integer::longValue));
    }

    private static ZoneConfiguration.Soa soa(
            Fqdn zone, DnsZoneSpec spec, List<Server> servers, ServedZone.TtlBounds ttl) {
        var soa = spec.soa() == null ? USUAL_SOA : spec.soa();
        return new ZoneConfiguration.Soa(
                servers.getFirst().name(),
                contact(soa.contact(), zone),
                soa.refresh(),
                soa.retry(),
                soa.expire(),
                soa.negativeTtl(),
                ttl.standard());
    }

    /** A mailbox, {@code a@b}, a name, or one label that is meant below the zone. */
    private static Fqdn contact(String given, Fqdn zone) {
        var name = given.replace('@', '.');
        return name.contains(".") ? Fqdn.of(name) : zone.child(name);
    }

    static RecordType addressType(String address) {
        return address.contains(":") ? RecordType.AAAA : RecordType.A;
    }
}
