package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.TsigKey;
import java.util.List;
import java.util.Optional;

/**
 * A zone that exists on its servers and can be written.
 *
 * @param updateKey may update the zone on the primary
 * @param secondaries all must answer a name before it is live
 */
public record ServedZone(
        Fqdn zone, NameServerClient primary, TsigKey updateKey, List<NameServerClient> secondaries, TtlBounds ttl) {

    /** Seconds. */
    public record TtlBounds(long standard, long min, long max) {

        long within(Optional<Long> wished) {
            return Math.clamp(wished.orElse(standard), min, max);
        }
    }

    public ServedZone {
        secondaries = List.copyOf(secondaries);
    }

    int servers() {
        return 1 + secondaries.size();
    }

    /** Serial on the primary now. */
    long serial() {
        return primary.serial(zone)
                .orElseThrow(() ->
                        new IllegalStateException("zone " + zone + " vanished from name server " + primary.server()))
                .value();
    }

    /** Whether names are written and followed on the same servers with the same key. */
    boolean reaches(ServedZone other) {
        return updateKey.equals(other.updateKey)
                && primary.server().equals(other.primary.server())
                && addresses().equals(other.addresses());
    }

    private List<ServerAddress> addresses() {
        return secondaries.stream().map(NameServerClient::server).toList();
    }
}
