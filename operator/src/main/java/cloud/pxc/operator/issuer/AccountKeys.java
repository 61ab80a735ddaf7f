package cloud.pxc.operator.issuer;

import cloud.pxc.acme.KeyAlgorithm;
import cloud.pxc.acme.PrivateKeyPem;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Account keys, each in a Secret {@code <issuer>-account-key} of the operator's namespace that goes with its issuer. */
@ApplicationScoped
class AccountKeys {

    static final String KEY = "account.key";

    private final KubernetesClient kubernetes;
    private final OperatorSettings settings;
    private final SecureRandom random;

    AccountKeys(KubernetesClient kubernetes, OperatorSettings settings, SecureRandom random) {
        this.kubernetes = kubernetes;
        this.settings = settings;
        this.random = random;
    }

    /** The Secret's name with its namespace, for messages. */
    String where(String issuer) {
        return settings.namespace() + "/" + name(issuer);
    }

    /**
     * The account key, where there is one.
     *
     * @throws IllegalArgumentException where the Secret holds no usable key
     */
    Optional<KeyPair> find(String issuer) {
        return Optional.ofNullable(kubernetes
                        .secrets()
                        .inNamespace(settings.namespace())
                        .withName(name(issuer))
                        .get())
                .map(secret -> read(issuer, secret));
    }

    /** Makes the account key, unless somebody has made it meanwhile. */
    void create(AcmeIssuer issuer) {
        var pem = PrivateKeyPem.write(KeyAlgorithm.ECDSA_P256.generate(random));
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name(issuer.getMetadata().getName()))
                .withNamespace(settings.namespace())
                .withLabels(Map.of("app.kubernetes.io/managed-by", "pxc"))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(issuer.getApiVersion())
                        .withKind(issuer.getKind())
                        .withName(issuer.getMetadata().getName())
                        .withUid(issuer.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withStringData(Map.of(KEY, pem))
                .build();
        try {
            kubernetes.resource(secret).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private KeyPair read(String issuer, Secret secret) {
        var data = secret.getData() == null ? null : secret.getData().get(KEY);
        if (data == null) {
            throw new IllegalArgumentException("Secret " + where(issuer) + " has no key " + KEY
                    + "; put the account's PEM key there, or delete the Secret to get a new account");
        }
        try {
            return PrivateKeyPem.read(new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Secret " + where(issuer) + ", key " + KEY + ": " + e.getMessage()
                            + "; put the account's PEM key there, or delete the Secret to get a new account",
                    e);
        }
    }

    private static String name(String issuer) {
        return issuer + "-account-key";
    }
}
