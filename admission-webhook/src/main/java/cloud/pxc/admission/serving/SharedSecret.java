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
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The Secret that the replicas share: of several that write at once, one succeeds. It comes with the chart, empty, and goes with
 * it, so that the webhook may only change it.
 */
record SharedSecret(KubernetesClient kubernetes, String namespace, String name) {

    private static final Logger LOG = Logger.getLogger(SharedSecret.class);

    /** What a Secret holds; empty if there is none, if nothing is in it, or what is in it is not ours. */
    static Optional<Identity> read(Secret secret) {
        if (secret == null || secret.getData() == null || secret.getData().isEmpty()) {
            return Optional.empty();
        }
        try {
            var data = new HashMap<String, String>();
            secret.getData()
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
     * @return whether it is there now; if not, another replica was quicker, and what it wrote comes by watch
     */
    boolean write(Secret seen, Identity identity) {
        var secret = new SecretBuilder(seen)
                .withData(null)
                .withStringData(identity.toData())
                .build();
        try {
            kubernetes.resource(secret).update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
