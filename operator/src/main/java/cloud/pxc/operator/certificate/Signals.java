package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What makes a Certificate be looked at besides its own changes and its timer. */
@ApplicationScoped
class Signals {

    private final SimpleInboundEventSource<Certificate> records = new SimpleInboundEventSource<>("challenge-records");

    private final ZoneCatalog catalog;

    Signals(ZoneCatalog catalog) {
        this.catalog = catalog;
    }

    /** The challenge records of this Certificate have got somewhere. */
    void recordsMoved(ResourceID certificate) {
        records.propagateEvent(certificate);
    }

    List<EventSource<?, Certificate>> sources(EventSourceContext<Certificate> context) {
        catalog.listen(() -> among(context, certificate -> !ready(certificate)).forEach(records::propagateEvent));
        return List.of(records, issuers(context), secrets(context), namespaces(context));
    }

    /** An issuer that got ready, or came to be. */
    private static EventSource<?, Certificate> issuers(EventSourceContext<Certificate> context) {
        var configuration = InformerEventSourceConfiguration.from(AcmeIssuer.class, Certificate.class)
                .withName("issuers")
                .withSecondaryToPrimaryMapper(issuer -> among(context, certificate -> certificate
                        .getSpec()
                        .issuerRef()
                        .name()
                        .equals(issuer.getMetadata().getName())))
                .withOnUpdateFilter((after, before) -> ready(after) != ready(before))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A Secret of ours that somebody changed or deleted, or a copy of it. */
    private static EventSource<?, Certificate> secrets(EventSourceContext<Certificate> context) {
        var configuration = InformerEventSourceConfiguration.from(Secret.class, Certificate.class)
                .withName("secrets")
                .withLabelSelector(CertificateSecrets.MANAGED_BY + "=" + CertificateSecrets.PXC)
                .withSecondaryToPrimaryMapper(Signals::certificateOf)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A namespace that came to be or changed its labels, and may be wanting a copy. */
    private static EventSource<?, Certificate> namespaces(EventSourceContext<Certificate> context) {
        var configuration = InformerEventSourceConfiguration.from(Namespace.class, Certificate.class)
                .withName("namespaces")
                .withSecondaryToPrimaryMapper(namespace ->
                        among(context, certificate -> certificate.getSpec().replicateTo() != null))
                .withOnUpdateFilter((after, before) -> !Objects.equals(
                        after.getMetadata().getLabels(), before.getMetadata().getLabels()))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> certificateOf(Secret secret) {
        var source = CertificateSecrets.annotation(secret, Replicas.SOURCE);
        if (!source.isEmpty()) {
            var slash = source.indexOf('/');
            return Set.of(new ResourceID(source.substring(slash + 1), source.substring(0, Math.max(slash, 0))));
        }
        var certificate = CertificateSecrets.annotation(secret, CertificateSecrets.CERTIFICATE);
        return certificate.isEmpty()
                ? Set.of()
                : Set.of(new ResourceID(certificate, secret.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> among(EventSourceContext<Certificate> context, Predicate<Certificate> wanted) {
        return context.getPrimaryCache()
                .list(wanted)
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** What a zone or a namespace's labels stood in the way of may be possible now. */
    private static boolean ready(Certificate certificate) {
        return certificate.getStatus() != null
                && Conditions.isReady(certificate.getStatus().conditions());
    }

    private static boolean ready(AcmeIssuer issuer) {
        return issuer.getStatus() != null
                && Conditions.isReady(issuer.getStatus().conditions());
    }
}
