package cloud.pxc.admission.serving;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The Secret that the replicas share: of several that write at once, one succeeds. */
record SharedSecret(KubernetesClient kubernetes, String namespace, String name) {

    private static final Logger LOG = Logger.getLogger(SharedSecret.class);
    private static final String TYPE = "kubernetes.io/tls";

    /** What a Secret holds; empty if there is none, or it is not ours. */
    static Optional<Identity> read(Secret secret) {
        if (secret == null) {
            return Optional.empty();
        }
        try {
            var data = new HashMap<String, String>();
            Optional.ofNullable(secret.getData())
                    .orElse(Map.of())
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII)));
            return Optional.of(Identity.fromData(data));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.warnf(
                    "secret=%s/%s readable=false cause=\"%s\"",
                    secret.getMetadata().getNamespace(), secret.getMetadata().getName(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Writes it in place of what was seen.
     *
     * @param seen null if there was none
     * @return whether it is there now; if not, another replica was quicker, and what it wrote comes by watch
     */
    boolean write(Secret seen, Identity identity) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(seen == null ? null : seen.getMetadata().getResourceVersion())
                .withLabels(Map.of(
                        "app.kubernetes.io/name", "pxc",
                        "app.kubernetes.io/component", "admission-webhook",
                        "app.kubernetes.io/managed-by", "pxc-admission-webhook"))
                .endMetadata()
                .withType(TYPE)
                .withStringData(identity.toData())
                .build();
        try {
            if (seen == null) {
                kubernetes.resource(secret).create();
            } else {
                kubernetes.resource(secret).update();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
