package cloud.pxc.operator.certificate;

import cloud.pxc.acme.CertificateChain;
import cloud.pxc.acme.PrivateKeyPem;
import cloud.pxc.crds.certificate.Certificate;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a Certificate: the one with the pair, of type kubernetes.io/tls, and the one with the next key. */
@ApplicationScoped
class CertificateSecrets {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String PXC = "pxc";
    static final String CERTIFICATE = "pxc.cloud/certificate";
    static final String ISSUER = "pxc.cloud/issuer";
    static final String REVISION = "pxc.cloud/revision";
    static final String PURPOSE = "pxc.cloud/purpose";
    static final String TLS_CRT = "tls.crt";
    static final String TLS_KEY = "tls.key";
    private static final String NEXT_KEY = "next.key";

    private final KubernetesClient kubernetes;

    CertificateSecrets(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** What the Certificate's Secret holds. */
    HeldSecret held(Certificate certificate) {
        var name = certificate.getSpec().secretName();
        var secret = get(certificate, name);
        if (secret.isEmpty()) {
            return new HeldSecret.Missing();
        }
        var owner = annotation(secret.get(), CERTIFICATE);
        if (!owner.equals(certificate.getMetadata().getName())) {
            return new HeldSecret.Foreign("Secret " + certificate.getMetadata().getNamespace() + "/" + name
                    + (owner.isEmpty() ? " was not made by a Certificate" : " is that of Certificate " + owner));
        }
        try {
            return new HeldSecret.Pair(
                    CertificateChain.parse(value(secret.get(), TLS_CRT)),
                    PrivateKeyPem.read(value(secret.get(), TLS_KEY)),
                    annotation(secret.get(), ISSUER),
                    revision(secret.get()));
        } catch (IllegalArgumentException e) {
            return new HeldSecret.Broken(e.getMessage());
        }
    }

    /** Writes certificate and key in one request, so that nobody ever sees one without the other. */
    void store(Certificate certificate, CertificateChain chain, KeyPair key, String issuer, long revision) {
        var secret = new SecretBuilder()
                .withMetadata(meta(
                        certificate,
                        certificate.getSpec().secretName(),
                        Map.of(
                                CERTIFICATE,
                                certificate.getMetadata().getName(),
                                ISSUER,
                                issuer,
                                REVISION,
                                Long.toString(revision))))
                .withType("kubernetes.io/tls")
                .withData(Map.of(TLS_CRT, base64(chain.pem()), TLS_KEY, base64(PrivateKeyPem.write(key))))
                .build();
        kubernetes.resource(secret).patch(apply());
    }

    /** The key kept for the next certificate. */
    Optional<NextKey> nextKey(Certificate certificate) {
        return get(certificate, nextKeyName(certificate)).flatMap(secret -> {
            try {
                return Optional.of(
                        new NextKey(PrivateKeyPem.read(value(secret, NEXT_KEY)), annotation(secret, PURPOSE)));
            } catch (IllegalArgumentException unreadable) {
                // Of no use for any purpose: it is discarded and another one is made.
                return Optional.of(new NextKey(null, ""));
            }
        });
    }

    /** Keeps a key for the next certificate, unless there is one. */
    void keepNextKey(Certificate certificate, NextKey key) {
        var secret = new SecretBuilder()
                .withMetadata(meta(certificate, nextKeyName(certificate), Map.of(PURPOSE, key.purpose())))
                .withType("Opaque")
                .withImmutable(true)
                .withData(Map.of(NEXT_KEY, base64(PrivateKeyPem.write(key.keys()))))
                .build();
        try {
            kubernetes.resource(secret).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    void discardNextKey(Certificate certificate) {
        kubernetes
                .secrets()
                .inNamespace(certificate.getMetadata().getNamespace())
                .withName(nextKeyName(certificate))
                .delete();
    }

    static String nextKeyName(Certificate certificate) {
        return certificate.getMetadata().getName() + "-next-key";
    }

    static PatchContext apply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(PXC)
                .withForce(true)
                .build();
    }

    static String annotation(Secret secret, String name) {
        var annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    private Optional<Secret> get(Certificate certificate, String name) {
        return Optional.ofNullable(kubernetes
                .secrets()
                .inNamespace(certificate.getMetadata().getNamespace())
                .withName(name)
                .get());
    }

    private static long revision(Secret secret) {
        var text = annotation(secret, REVISION);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static ObjectMeta meta(Certificate certificate, String name, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(certificate.getMetadata().getNamespace())
                .withLabels(Map.of(MANAGED_BY, PXC))
                .withAnnotations(annotations)
                .withOwnerReferences(owner(certificate))
                .build();
    }

    private static OwnerReference owner(Certificate certificate) {
        return new OwnerReferenceBuilder()
                .withApiVersion(certificate.getApiVersion())
                .withKind(certificate.getKind())
                .withName(certificate.getMetadata().getName())
                .withUid(certificate.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private static String value(Secret secret, String key) {
        var data = secret.getData() == null ? null : secret.getData().get(key);
        if (data == null) {
            throw new IllegalArgumentException("the key " + key + " is missing");
        }
        return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
