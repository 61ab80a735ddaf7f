package cloud.pxc.dns;

import java.util.List;
import java.util.stream.Collectors;

/** A zone in the words of BIND's configuration, as {@code rndc addzone} takes it. */
final class ZoneClause {

    private ZoneClause() {}

    static String primary(ZoneConfiguration zone, List<ServerAddress> secondaries, String file) {
        var notify = secondaries.stream()
                .map(secondary -> remote(secondary, zone.transferKey()))
                .collect(Collectors.joining());
        var dnssec = zone.dnssecPolicy()
                .map(policy -> "dnssec-policy \"" + policy + "\"; ")
                .orElse("");
        return """
                { type primary; file "%s"; update-policy { grant "%s" zonesub ANY; }; \
                allow-transfer { key "%s"; key "%s"; }; notify explicit; also-notify { %s}; %s};""".formatted(
                        file,
                        zone.updateKey().name(),
                        zone.updateKey().name(),
                        zone.transferKey().name(),
                        notify,
                        dnssec);
    }

    static String secondary(ServerAddress primary, TsigKey transferKey, String file) {
        return "{ type secondary; file \"%s\"; primaries { %s}; allow-transfer { key \"%s\"; }; };"
                .formatted(file, remote(primary, transferKey), transferKey.name());
    }

    /** A secondary that is to become a primary: its file is text, as primaries read it. */
    static String seeded(ServerAddress seed, TsigKey transferKey, String file) {
        return "{ type secondary; file \"%s\"; masterfile-format text; primaries { %s}; notify no; };"
                .formatted(file, remote(seed, transferKey));
    }

    private static String remote(ServerAddress server, TsigKey key) {
        return "%s port %d key \"%s\"; ".formatted(server.host(), server.port(), key.name());
    }
}
