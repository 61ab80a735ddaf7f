package cloud.pxc.proxmox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoints of one cluster, and which of them were not reached lately, or gave an answer that was of no use. */
final class Endpoints {

    private final List<URI> all;
    private final Clock clock;
    private final Duration avoidance;
    private final Map<URI, Instant> avoidedUntil = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException with a sentence when there are none, or one is no {@code https://host:port} */
    Endpoints(List<URI> endpoints, Clock clock, Duration avoidance) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "No endpoint is given: name the API address of at least one node, such as https://pve1.example.org:8006");
        }
        this.all = endpoints.stream().distinct().map(Endpoints::checked).toList();
        this.clock = clock;
        this.avoidance = avoidance;
    }

    /** In the order in which they are to be tried: as given, those that were not reached lately last. */
    List<URI> inTurn() {
        var now = clock.instant();
        return all.stream()
                .sorted(Comparator.comparing(endpoint -> isAvoided(endpoint, now)))
                .toList();
    }

    /** Asks it last for a while. */
    void avoid(URI endpoint) {
        avoidedUntil.put(endpoint, clock.instant().plus(avoidance));
    }

    void answered(URI endpoint) {
        avoidedUntil.remove(endpoint);
    }

    boolean isAvoided(URI endpoint) {
        return isAvoided(endpoint, clock.instant());
    }

    private boolean isAvoided(URI endpoint, Instant now) {
        return avoidedUntil.getOrDefault(endpoint, Instant.MIN).isAfter(now);
    }

    private static URI checked(URI endpoint) {
        var path = endpoint.getRawPath();
        var plain = endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && (path == null || path.isEmpty() || path.equals("/"));
        if (!"https".equalsIgnoreCase(endpoint.getScheme()) || endpoint.getHost() == null || !plain) {
            throw new IllegalArgumentException(
                    "An endpoint looks like https://pve1.example.org:8006, without a path, was " + endpoint);
        }
        return endpoint;
    }
}
