package cloud.pxc.admission;

import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Answers reviews of its own before others come: the first one of a fresh JVM on a busy machine takes longer than the 3 s that an
 * API server waits.
 */
@ApplicationScoped
class Rehearsal {

    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final int TIMES = 10;
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** No zone can hold it (RFC 6761 section 6.4). */
    private static final String OUTSIDE = ".invalid";

    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "%1$s", "operation": "CREATE", "dryRun": true, "namespace": "default", "name": "rehearsal",
              "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"},
              "resource": {"group": "networking.k8s.io", "version": "v1", "resource": "ingresses"},
              "object": {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
                "metadata": {"name": "rehearsal", "namespace": "default", "uid": "%1$s"},
                "spec": {"rules": [{"host": "%1$s%2$s"}]}}}}""";

    private final ReviewEndpoint endpoint;
    private final HostClaims ledger;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rehearsal").daemon().factory());
    private volatile boolean over;

    Rehearsal(ReviewEndpoint endpoint, HostClaims ledger) {
        this.endpoint = endpoint;
        this.ledger = ledger;
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /** Begins when it is first asked for, which is when everything that reviews need is there. */
    boolean isOver() {
        if (begun.compareAndSet(false, true)) {
            thread.execute(this::rehearse);
        }
        return over;
    }

    private void rehearse() {
        try {
            for (var time = 0; time < TIMES; time++) {
                var uid = UUID.randomUUID().toString();
                endpoint.rehearse(REVIEW.formatted(uid, OUTSIDE));
                var owner = new Owner(Owner.LOCAL, "", "Rehearsal", "rehearsal", uid);
                ledger.reserve(owner, List.of(uid + OUTSIDE), SHORT);
                ledger.releaseAll(owner);
            }
            thread.shutdown();
        } catch (LedgerUnavailable | KubernetesClientException e) {
            LOG.warnf("rehearsed=false cause=\"%s\"", e.getMessage());
        } finally {
            over = true;
        }
    }
}
