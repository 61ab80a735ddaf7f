package cloud.pxc.operator.machine;

import cloud.pxc.operator.cluster.Backoff;
import cloud.pxc.operator.cluster.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** How long each machine waits after failures in a row, with jitter, so that many do not come back at once. */
@ApplicationScoped
class Retries {

    private static final double JITTER = 0.25;

    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Retries(ClusterSettings settings) {
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMax());
    }

    Duration failed(String uid) {
        var wait = backoff.after(failures.merge(uid, 1, Integer::sum));
        return wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
    }

    void succeeded(String uid) {
        failures.remove(uid);
    }
}
