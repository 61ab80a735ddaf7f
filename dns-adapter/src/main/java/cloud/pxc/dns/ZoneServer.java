package cloud.pxc.dns;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * Adds and removes zones of one BIND over its control channel ({@code allow-new-zones yes}). A zone that was added here is known
 * by the name of its file; zones that others configured are never removed or changed.
 */
public final class ZoneServer {

    private static final String OURS = "pxc-";
    private static final long POLL_MILLIS = 10;

    private final ServerAddress control;
    private final TsigKey controlKey;
    private final Duration timeout;
    private final Clock clock;
    private final RandomGenerator random;

    public ZoneServer(
            ServerAddress control, TsigKey controlKey, Duration timeout, Clock clock, RandomGenerator random) {
        this.control = control;
        this.controlKey = controlKey;
        this.timeout = timeout;
        this.clock = clock;
        this.random = random;
    }

    /** What a server has of a zone. */
    public enum Presence {
        /** Nothing. */
        ABSENT,
        /** The zone, added here. */
        OURS,
        /** The zone, configured by somebody else. */
        FOREIGN
    }

    /** Where the first content of a new zone is served to the name server. */
    public record SeedAddress(Optional<String> host, int port) {

        /** This machine's address as the name server sees it, and any free port. */
        public static final SeedAddress AUTOMATIC = new SeedAddress(Optional.empty(), 0);
    }

    public Presence presence(Fqdn zone) {
        try (var channel = open()) {
            return presence(channel, zone);
        }
    }

    /**
     * Makes the zone a primary one unless it is there; a beginning that was cut off is done again.
     *
     * @param secondaries who are told of changes
     * @return whether it was made now
     */
    public boolean createPrimary(ZoneConfiguration zone, List<ServerAddress> secondaries, SeedAddress seedAddress) {
        try (var channel = open()) {
            var presence = presence(channel, zone.zone());
            if (presence == Presence.FOREIGN || presence == Presence.OURS && isPrimary(channel, zone.zone())) {
                return false;
            }
            if (presence == Presence.OURS) {
                channel.call("delzone -clean " + zone.zone());
            }
            var file = file(zone.zone());
            try (var seed = serveFirstContent(channel, zone, seedAddress)) {
                var deadline = clock.instant().plus(patience());
                do {
                    if (clock.instant().isAfter(deadline)) {
                        throw new DnsException.ControlFailed(
                                "name server " + control + " holds the first content of zone "
                                        + zone.zone() + " but does not write it to its file " + file
                                        + "; let it write to its working directory, and look for a full disk: its log says why");
                    }
                    leaveFile(channel, zone, file, seed.address());
                } while (!addOnFile(channel, zone, secondaries, file));
            }
            return true;
        }
    }

    /** Makes the zone a secondary one unless it is there. @return whether it was made now */
    public boolean createSecondary(Fqdn zone, ServerAddress primary, TsigKey transferKey) {
        try (var channel = open()) {
            if (presence(channel, zone) != Presence.ABSENT) {
                return false;
            }
            channel.call("addzone " + zone + " " + ZoneClause.secondary(primary, transferKey, file(zone)));
            return true;
        }
    }

    /** Removes the zone with its files if it was added here; one that is not there is fine. @return whether it was removed now */
    public boolean remove(Fqdn zone) {
        try (var channel = open()) {
            if (presence(channel, zone) != Presence.OURS) {
                return false;
            }
            channel.call("delzone -clean " + zone);
            return true;
        }
    }

    /** Has a secondary ask its primary now instead of when it is time to: it may have been away when it was told of a change. */
    public void refresh(Fqdn zone) {
        try (var channel = open()) {
            channel.call("refresh " + zone);
        }
    }

    private ControlChannel open() {
        return ControlChannel.open(control, controlKey, timeout, clock);
    }

    private static Presence presence(ControlChannel channel, Fqdn zone) {
        try {
            var shown = channel.call("showzone " + zone);
            return shown.contains("file \"" + OURS) ? Presence.OURS : Presence.FOREIGN;
        } catch (DnsException.ControlFailed e) {
            if (e.says("not found") || e.says("no matching zone")) {
                return Presence.ABSENT;
            }
            throw e;
        }
    }

    private static boolean isPrimary(ControlChannel channel, Fqdn zone) {
        var shown = channel.call("showzone " + zone);
        return shown.contains("type primary") || shown.contains("type master");
    }

    private ZoneSeed serveFirstContent(ControlChannel channel, ZoneConfiguration zone, SeedAddress address) {
        var host = address.host().orElseGet(channel::localAddress);
        return ZoneSeed.serve(zone.zone(), firstContent(zone), zone.transferKey(), host, address.port(), clock);
    }

    /** The zone is gone afterwards, its file stays. */
    private void leaveFile(ControlChannel channel, ZoneConfiguration zone, String file, ServerAddress seed) {
        channel.call("addzone " + zone.zone() + " " + ZoneClause.seeded(seed, zone.transferKey(), file));
        awaitLoaded(channel, zone.zone(), seed);
        channel.call("sync " + zone.zone());
        channel.call("delzone " + zone.zone());
    }

    /**
     * BIND answers to {@code sync} before it has written, and {@code delzone} may come in between; then nothing is ever written.
     * No command tells which it was, so the one that needs the file does: refused, it leaves nothing behind.
     *
     * @return whether the file was there
     */
    private static boolean addOnFile(
            ControlChannel channel, ZoneConfiguration zone, List<ServerAddress> secondaries, String file) {
        try {
            channel.call("addzone " + zone.zone() + " " + ZoneClause.primary(zone, secondaries, file));
            return true;
        } catch (DnsException.ControlFailed e) {
            if (e.says("file not found")) {
                return false;
            }
            throw e;
        }
    }

    private void awaitLoaded(ControlChannel channel, Fqdn zone, ServerAddress seed) {
        var deadline = clock.instant().plus(patience());
        while (!isLoaded(channel, zone)) {
            if (clock.instant().isAfter(deadline)) {
                channel.call("delzone -clean " + zone);
                throw new DnsException.ControlFailed("name server " + control
                        + " could not fetch the first content of zone " + zone + " from this operator at " + seed.host()
                        + " port " + seed.port()
                        + "; let it reach that address (TCP and UDP), or set one it can reach");
            }
            pause();
        }
    }

    /** Several answers' worth: a transfer is some of them. */
    private Duration patience() {
        return timeout.multipliedBy(2);
    }

    private static boolean isLoaded(ControlChannel channel, Fqdn zone) {
        try {
            return channel.call("zonestatus " + zone).contains("serial: ");
        } catch (DnsException.ControlFailed e) {
            if (e.says("zone not loaded")) {
                return false;
            }
            throw e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a name server fetched a zone", e);
        }
    }

    private static List<Record> firstContent(ZoneConfiguration zone) {
        var soa = zone.soa();
        var records = new ArrayList<Record>();
        records.add(new SOARecord(
                RRset.wireName(zone.zone()),
                DClass.IN,
                soa.ttl(),
                RRset.wireName(soa.primary()),
                RRset.wireName(soa.contact()),
                1,
                soa.refresh(),
                soa.retry(),
                soa.expire(),
                soa.negativeTtl()));
        zone.rrsets().forEach(rrset -> records.addAll(rrset.records()));
        return records;
    }

    /** A file of its own each time: the journal of an earlier zone of that name must not be played back into the new one. */
    private String file(Fqdn zone) {
        return OURS + zone + "-" + HexFormat.of().toHexDigits(random.nextLong()) + ".db";
    }
}
