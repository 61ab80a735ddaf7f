package cloud.pxc.admission.serving;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** What an installation may set of the serving certificate. */
@ConfigMapping(prefix = "pxc.webhook")
interface ServingSettings {

    /** The namespace the webhook runs in, where the Secret with its certificate is. */
    @WithDefault("${pxc.namespace:pxc-system}")
    String namespace();

    /** Host names and addresses by which the API server reaches the webhook. */
    @WithDefault("pxc-admission-webhook.pxc-system.svc")
    Set<String> hosts();

    /** Name of the Secret with the certificate, shared by the replicas. */
    @WithDefault("pxc-admission-webhook-tls")
    String secretName();

    /** Name of the ValidatingWebhookConfiguration that is given the CA bundle. */
    @WithDefault("pxc-admission-webhook")
    String configurationName();

    Certificate certificate();

    interface Certificate {

        /** How long a certificate serves. It is valid three times as long from when its CA was made. */
        @WithDefault("30d")
        Duration rotation();

        /** How often is looked whether it is time, and how soon is tried again what failed. */
        @WithDefault("10s")
        Duration check();
    }
}
