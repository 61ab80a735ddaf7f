package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Tells of transitions that a person would want to read, on the object they concern. Losing one costs nothing but the telling. */
@ApplicationScoped
public class Events {

    private static final Logger LOG = Logger.getLogger(Events.class);

    private final KubernetesClient kubernetes;
    private final Clock clock;

    public Events(KubernetesClient kubernetes, Clock clock) {
        this.kubernetes = kubernetes;
        this.clock = clock;
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
        try {
            kubernetes.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "kind=%s object=%s/%s event=%s told=false cause=%s",
                    about.getKind(), meta.getNamespace(), meta.getName(), reason, e.getMessage());
        }
    }
}
