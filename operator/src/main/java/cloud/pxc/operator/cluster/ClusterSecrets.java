package cloud.pxc.operator.cluster;

import cloud.pxc.crds.SecretRef;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.operator.OperatorSettings;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.Trust;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tokens and CAs that clusters name, read from the operator's namespace; a changed Secret has its clusters looked at at once. */
@ApplicationScoped
class ClusterSecrets {

    private final String namespace;
    private InformerEventSource<Secret, ProxmoxCluster> secrets;

    ClusterSecrets(OperatorSettings settings) {
        this.namespace = settings.namespace();
    }

    InformerEventSource<Secret, ProxmoxCluster> watch(EventSourceContext<ProxmoxCluster> context) {
        secrets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, ProxmoxCluster.class)
                        .withName("cluster-secrets")
                        .withNamespaces(Set.of(namespace))
                        .withSecondaryToPrimaryMapper(secret -> context.getPrimaryCache()
                                .list(cluster -> names(cluster.getSpec(), secret))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .build(),
                context);
        return secrets;
    }

    /**
     * @throws SecretInvalid if a Secret lacks something
     * @throws IllegalArgumentException with a sentence, if the spec says something that can't be
     */
    Connection connection(ProxmoxClusterSpec spec) {
        var credentials = spec.credentialsRef();
        var token = new ApiToken(value(credentials, "tokenId"), value(credentials, "tokenSecret"));
        var endpoints = spec.endpoints().stream().map(URI::create).toList();
        return new Connection(endpoints, token, trust(spec));
    }

    private Trust trust(ProxmoxClusterSpec spec) {
        var tls = spec.tls();
        if (tls == null) {
            return new Trust.System();
        }
        if (Boolean.TRUE.equals(tls.insecure())) {
            return new Trust.Insecure();
        }
        if (tls.caRef() != null) {
            return new Trust.Authorities(value(tls.caRef(), "ca.crt"));
        }
        return tls.fingerprints().isEmpty() ? new Trust.System() : new Trust.Fingerprints(tls.fingerprints());
    }

    private String value(SecretRef ref, String key) {
        var where = "Secret " + ref.namespace() + "/" + ref.name();
        if (!ref.namespace().equals(namespace)) {
            throw new SecretInvalid(where + " is not in the operator's namespace; keep it in " + namespace);
        }
        var secret = secrets.get(new ResourceID(ref.name(), ref.namespace()))
                .orElseThrow(() -> new SecretInvalid(where + " does not exist; create it with the key " + key));
        if (secret.getData() == null || secret.getData().get(key) == null) {
            throw new SecretInvalid(where + " has no key " + key + "; add it");
        }
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8).strip();
    }

    private static boolean names(ProxmoxClusterSpec spec, Secret secret) {
        return Stream.of(
                        spec.credentialsRef(),
                        spec.tls() == null ? null : spec.tls().caRef())
                .anyMatch(ref -> ref != null
                        && ref.name().equals(secret.getMetadata().getName())
                        && ref.namespace().equals(secret.getMetadata().getNamespace()));
    }
}
