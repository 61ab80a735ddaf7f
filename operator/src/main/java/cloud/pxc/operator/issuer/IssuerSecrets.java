package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AcmeServer;
import cloud.pxc.acme.CertificateChain;
import cloud.pxc.acme.ExternalAccount;
import cloud.pxc.crds.SecretRef;
import cloud.pxc.crds.issuer.AcmeIssuerSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the Secrets that an issuer's spec names; what is wrong with one is told by {@link IllegalArgumentException}. */
@ApplicationScoped
class IssuerSecrets {

    private static final String CA = "ca.crt";
    private static final String MAC = "hmacKey";

    private final KubernetesClient kubernetes;

    IssuerSecrets(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** The server the issuer speaks of, with the CA that vouches for it. */
    AcmeServer server(AcmeIssuerSpec spec) {
        var server = AcmeServer.of(URI.create(spec.server()));
        return Optional.ofNullable(spec.caRef())
                .map(ref -> trusting(server, ref))
                .orElse(server);
    }

    /** The account made outside of ACME, where the spec names one. */
    Optional<ExternalAccount> externalAccount(AcmeIssuerSpec spec) {
        return Optional.ofNullable(spec.externalAccountBinding()).map(binding -> {
            try {
                return new ExternalAccount(binding.keyId(), value(binding.keyRef(), MAC));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("spec.externalAccountBinding: " + e.getMessage(), e);
            }
        });
    }

    private AcmeServer trusting(AcmeServer server, SecretRef ref) {
        var pem = value(ref, CA);
        try {
            CertificateChain.parse(pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Secret " + ref.namespace() + "/" + ref.name() + ", key " + CA + ": " + e.getMessage(), e);
        }
        return server.trusting(pem);
    }

    private String value(SecretRef ref, String key) {
        var where = "Secret " + ref.namespace() + "/" + ref.name();
        var secret = kubernetes
                .secrets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
        if (secret == null) {
            throw new IllegalArgumentException(where + " does not exist; create it with the key " + key);
        }
        if (secret.getData() == null || secret.getData().get(key) == null) {
            throw new IllegalArgumentException(where + " has no key " + key + "; add it");
        }
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
