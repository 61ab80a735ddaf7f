package cloud.pxc.operator.zone;

import cloud.pxc.crds.SecretRef;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneSpec;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that zones name, read from the operator's namespace; a changed Secret has its zones looked at at once. */
@ApplicationScoped
class TsigSecrets {

    private final String namespace;
    private InformerEventSource<Secret, DnsZone> secrets;

    TsigSecrets(OperatorSettings settings) {
        this.namespace = settings.namespace();
    }

    InformerEventSource<Secret, DnsZone> watch(EventSourceContext<DnsZone> context) {
        secrets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, DnsZone.class)
                        .withName("zone-keys")
                        .withNamespaces(Set.of(namespace))
                        .withSecondaryToPrimaryMapper(secret -> context.getPrimaryCache()
                                .list(zone -> names(zone.getSpec(), secret))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .build(),
                context);
        return secrets;
    }

    /** @throws IllegalArgumentException with a sentence that says which Secret lacks what */
    TsigKey key(SecretRef ref) {
        var where = "Secret " + ref.namespace() + "/" + ref.name();
        if (!ref.namespace().equals(namespace)) {
            throw new IllegalArgumentException(where + " is not in the operator's namespace; keep it in " + namespace);
        }
        var secret = secrets.get(new ResourceID(ref.name(), ref.namespace()))
                .orElseThrow(() -> new IllegalArgumentException(
                        where + " does not exist; create it with the keys name, algorithm and secret"));
        try {
            return TsigKey.of(
                    value(secret, where, "name"), value(secret, where, "algorithm"), value(secret, where, "secret"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage().startsWith(where) ? e.getMessage() : where + ": " + e.getMessage(), e);
        }
    }

    private static String value(Secret secret, String where, String key) {
        if (secret.getData() == null || secret.getData().get(key) == null) {
            throw new IllegalArgumentException(where + " has no key " + key + "; add it");
        }
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    private static boolean names(DnsZoneSpec spec, Secret secret) {
        return refs(spec)
                .anyMatch(ref -> ref.name().equals(secret.getMetadata().getName())
                        && ref.namespace().equals(secret.getMetadata().getNamespace()));
    }

    private static Stream<SecretRef> refs(DnsZoneSpec spec) {
        var primary = spec.primary();
        var ofPrimary = Stream.of(
                primary.tsigRef(),
                primary.transferKeyRef(),
                primary.control() == null ? null : primary.control().keyRef());
        var ofSecondaries = spec.secondaries().stream()
                .map(secondary ->
                        secondary.control() == null ? null : secondary.control().keyRef());
        return Stream.concat(ofPrimary, ofSecondaries).filter(ref -> ref != null);
    }
}
