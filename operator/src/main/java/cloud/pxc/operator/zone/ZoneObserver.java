package cloud.pxc.operator.zone;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.ServedZone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Looks at a zone: one SOA query to each of its servers, and a transfer only when its serial has moved past the operator. */
@ApplicationScoped
class ZoneObserver {

    private static final Duration SOON = Duration.ofSeconds(1);

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

    ZoneFacts observe(ServedZone served, Publication publication) {
        var zone = served.zone();
        var serial = served.primary().serial(zone);
        var repaired = serial.map(now -> names.verify(zone, now)).orElse(0);
        var behind = served.secondaries().stream()
                .flatMap(secondary -> behind(served, secondary, serial).stream())
                .toList();
        return new ZoneFacts(
                serial,
                1 + served.secondaries().size(),
                behind,
                applied.count(zone.text()),
                claims.countWithin(zone.text()),
                repaired,
                publication,
                behind.isEmpty() ? settings.check() : SOON);
    }

    private static Optional<String> behind(ServedZone zone, NameServerClient secondary, Optional<Serial> wanted) {
        try {
            var there = secondary.serial(zone.zone());
            if (there.isEmpty()) {
                return Optional.of("name server " + secondary.server() + " does not serve zone " + zone.zone()
                        + " yet; if that stays, check that it may transfer it from "
                        + zone.primary().server());
            }
            return wanted.filter(newest -> !there.get().isAtLeast(newest))
                    .map(newest -> "name server " + secondary.server() + " is at serial " + there.get() + " of zone "
                            + zone.zone() + ", the primary at " + newest);
        } catch (DnsException e) {
            return Optional.of(e.getMessage());
        }
    }
}
