package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.Control;
import cloud.pxc.crds.zone.DnsZoneSpec;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.dns.ZoneServer;
import cloud.pxc.operator.names.ServedZone;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The servers of a zone, ready to be spoken to. */
@ApplicationScoped
class ZoneConnections {

    private final TsigSecrets secrets;
    private final ZoneSettings settings;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    ZoneConnections(TsigSecrets secrets, ZoneSettings settings, Clock clock) {
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /** A server: the name it answers with, and, where one is declared, its control channel. */
    record Connection(NameServerClient client, Optional<ZoneServer> control) {}

    /**
     * All servers of a zone.
     *
     * @param updateKey may update the zone
     * @param transferKey is what secondaries transfer with
     */
    record Servers(Connection primary, List<Connection> secondaries, TsigKey updateKey, TsigKey transferKey) {

        List<Connection> all() {
            var all = new ArrayList<Connection>();
            all.add(primary);
            all.addAll(secondaries);
            return all;
        }

        /** One of the zones on them. */
        ServedZone serving(Fqdn zone, ServedZone.TtlBounds ttl) {
            return new ServedZone(
                    zone,
                    primary.client(),
                    updateKey,
                    secondaries.stream().map(Connection::client).toList(),
                    ttl);
        }

        List<ServerAddress> secondaryAddresses() {
            return secondaries.stream().map(each -> each.client().server()).toList();
        }
    }

    /** @throws IllegalArgumentException if a Secret is missing or wrong; the message says which and how to mend it */
    Servers of(DnsZoneSpec spec) {
        var primary = spec.primary();
        var update = secrets.key(primary.tsigRef());
        var transfer = primary.transferKeyRef() == null ? update : secrets.key(primary.transferKeyRef());
        return new Servers(
                connection(primary.address(), primary.port(), primary.control()),
                spec.secondaries().stream()
                        .map(each -> connection(each.address(), each.port(), each.control()))
                        .toList(),
                update,
                transfer);
    }

    private Connection connection(String address, int port, Control control) {
        return new Connection(
                new NameServerClient(new ServerAddress(address, port), settings.timeout(), clock),
                Optional.ofNullable(control)
                        .map(channel -> new ZoneServer(
                                new ServerAddress(address, channel.port()),
                                secrets.key(channel.keyRef()),
                                settings.timeout(),
                                clock,
                                random)));
    }
}
