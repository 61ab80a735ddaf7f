package cloud.pxc.operator.zone;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Serial;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.ServedZone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at a zone: one SOA query to each of its servers, and a transfer only when its serial has moved past the operator. */
@ApplicationScoped
class ZoneObserver {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Comparator<ServerAddress> BY_ADDRESS = Comparator.comparing(ServerAddress::toString);

    private final Names names;
    private final AppliedRecords applied;
    private final HostClaims claims;
    private final ZoneSettings settings;

    ZoneObserver(Names names, AppliedRecords applied, HostClaims claims, ZoneSettings settings) {
        this.names = names;
        this.applied = applied;
        this.claims = claims;
        this.settings = settings;
    }

    /** @param zones the zone itself first, then the reverse zones beside it */
    ZoneFacts observe(List<ServedZone> zones) {
        var zone = zones.getFirst();
        var seen = zones.stream().map(this::look).toList();
        var behind = new TreeMap<ServerAddress, String>(BY_ADDRESS);
        seen.forEach(each -> each.behind().forEach(behind::putIfAbsent));
        return new ZoneFacts(
                seen.getFirst().serial(),
                1 + zone.secondaries().size(),
                List.copyOf(behind.values()),
                seen.stream().anyMatch(Sight::absent),
                applied.count(zone.zone().text()),
                claims.countWithin(zone.zone().text()),
                seen.stream().mapToInt(Sight::repaired).sum(),
                behind.isEmpty() && seen.stream().noneMatch(Sight::absent) ? settings.check() : SOON);
    }

    /** One zone: serial on its primary, and what is wrong with secondaries that lag. */
    private record Sight(Optional<Serial> serial, Map<ServerAddress, String> behind, boolean absent, int repaired) {}

    private Sight look(ServedZone zone) {
        var serial = zone.primary().serial(zone.zone());
        var repaired = serial.map(now -> names.verify(zone.zone(), now)).orElse(0);
        var behind = new TreeMap<ServerAddress, String>(BY_ADDRESS);
        var absent = serial.isEmpty();
        for (var secondary : zone.secondaries()) {
            try {
                var there = secondary.serial(zone.zone());
                absent |= there.isEmpty();
                behind(zone, secondary.server(), there, serial)
                        .ifPresent(message -> behind.put(secondary.server(), message));
            } catch (DnsException e) {
                behind.put(secondary.server(), e.getMessage());
            }
        }
        return new Sight(serial, behind, absent, repaired);
    }

    private static Optional<String> behind(
            ServedZone zone, ServerAddress secondary, Optional<Serial> there, Optional<Serial> wanted) {
        if (there.isEmpty()) {
            return Optional.of("name server " + secondary + " does not serve zone " + zone.zone()
                    + " yet; if that stays, check that it may transfer it from "
                    + zone.primary().server());
        }
        return wanted.filter(newest -> !there.get().isAtLeast(newest))
                .map(newest -> "name server " + secondary + " is at serial " + there.get() + " of zone " + zone.zone()
                        + ", the primary at " + newest);
    }
}
