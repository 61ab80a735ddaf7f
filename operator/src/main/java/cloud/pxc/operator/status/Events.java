package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells of transitions that a person would want to read, on the object they concern: one after the other, beside the work that
 * they are about. Losing one costs nothing but the telling.
 */
@ApplicationScoped
public class Events {

    private static final Logger LOG = Logger.getLogger(Events.class);
    /** Untold ones, beyond which further ones are lost: the API server does not keep up, or is away. */
    private static final int MOST = 10_000;

    private static final int IDLE_SECONDS = 10;
    private static final int FAREWELL_SECONDS = 2;

    private final KubernetesClient kubernetes;
    private final Clock clock;
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST),
            Thread.ofPlatform().name("events").daemon().factory(),
            (event, full) ->
                    LOG.warnf("event=lost untold=%d over=%b", full.getQueue().size(), full.isShutdown()));

    public Events(KubernetesClient kubernetes, Clock clock) {
        this.kubernetes = kubernetes;
        this.clock = clock;
        teller.allowCoreThreadTimeOut(true);
    }

    public void normal(HasMetadata about, String reason, String message) {
        tell(about, "Normal", reason, message);
    }

    public void warning(HasMetadata about, String reason, String message) {
        tell(about, "Warning", reason, message);
    }

    private void tell(HasMetadata about, String type, String reason, String message) {
        var meta = about.getMetadata();
        var second = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace() == null ? "default" : meta.getNamespace())
                .withGenerateName(meta.getName() + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(second)
                .withLastTimestamp(second)
                .withCount(1)
                .withNewSource()
                .withComponent("pxc")
                .endSource()
                .withReportingComponent("pxc")
                .build();
        teller.execute(() -> send(event));
    }

    private void send(Event event) {
        try {
            kubernetes.resource(event).create();
        } catch (RuntimeException e) {
            var about = event.getInvolvedObject();
            LOG.warnf(
                    "kind=%s object=%s/%s event=%s told=false cause=%s",
                    about.getKind(), about.getNamespace(), about.getName(), event.getReason(), e.getMessage());
        }
    }

    /** What is untold by then is still told, within reason. */
    @PreDestroy
    void stop() throws InterruptedException {
        teller.shutdown();
        if (!teller.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
            LOG.warnf("events=lost untold=%d", teller.shutdownNow().size());
        }
    }
}
