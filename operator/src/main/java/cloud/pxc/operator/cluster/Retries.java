package cloud.pxc.operator.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** How long each object waits after failures in a row, with jitter, so that many do not come back at once. */
@ApplicationScoped
public class Retries {

    private static final double JITTER = 0.25;

    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Retries(ClusterSettings settings) {
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMax());
    }

    /** After which something is looked at again of which news is expected anyway. */
    public Duration patience() {
        return backoff.max();
    }

    public Duration failed(String uid) {
        var wait = backoff.after(failures.merge(uid, 1, Integer::sum));
        return wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
    }

    public void succeeded(String uid) {
        failures.remove(uid);
    }
}
