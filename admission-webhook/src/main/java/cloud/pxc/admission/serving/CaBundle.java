package cloud.pxc.admission.serving;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;

/** The CA bundle in the webhook configuration: written where it is missing or another, and nothing else of it. */
@ApplicationScoped
class CaBundle {

    private static final Logger LOG = Logger.getLogger(CaBundle.class);
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("pxc-admission-webhook")
            .withForce(true)
            .build();

    private final KubernetesClient kubernetes;

    CaBundle(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** @param there the webhook configuration as it is */
    void keep(ValidatingWebhookConfiguration there, String bundle) {
        var wanted = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII));
        var webhooks = there.getWebhooks() == null ? List.<ValidatingWebhook>of() : there.getWebhooks();
        if (webhooks.stream()
                .allMatch(webhook -> wanted.equals(webhook.getClientConfig().getCaBundle()))) {
            return;
        }
        var name = there.getMetadata().getName();
        kubernetes
                .resource(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withWebhooks(webhooks.stream()
                                .map(webhook -> withBundle(webhook.getName(), wanted))
                                .toList())
                        .build())
                .patch(APPLY);
        LOG.infof("webhook-configuration=%s ca-bundle=written webhooks=%d", name, webhooks.size());
    }

    private static ValidatingWebhook withBundle(String name, String bundle) {
        return new ValidatingWebhookBuilder()
                .withName(name)
                .withNewClientConfig()
                .withCaBundle(bundle)
                .endClientConfig()
                .build();
    }
}
