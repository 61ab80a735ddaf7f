package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Events of what a person would want to read: on the Certificate, and on the Ingress that it was made for. */
@ApplicationScoped
class CertificateEvents {

    private final KubernetesClient kubernetes;
    private final Clock clock;

    CertificateEvents(KubernetesClient kubernetes, Clock clock) {
        this.kubernetes = kubernetes;
        this.clock = clock;
    }

    /** Tells that a certificate was stored. */
    void issued(Certificate certificate, HeldSecret.Pair pair) {
        var message = "Secret " + certificate.getSpec().secretName() + " holds a certificate for "
                + String.join(", ", certificate.getSpec().dnsNames()) + " until "
                + pair.chain().notAfter().atOffset(ZoneOffset.UTC).toLocalDate();
        var meta = certificate.getMetadata();
        tell(
                new ObjectReferenceBuilder()
                        .withApiVersion(certificate.getApiVersion())
                        .withKind(certificate.getKind())
                        .withNamespace(meta.getNamespace())
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .build(),
                "Issued",
                message);
        meta.getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("Ingress"))
                .map(owner -> new ObjectReferenceBuilder()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withNamespace(meta.getNamespace())
                        .withName(owner.getName())
                        .withUid(owner.getUid())
                        .build())
                .forEach(ingress -> tell(ingress, "CertificateReady", message));
    }

    private void tell(ObjectReference about, String reason, String message) {
        var now = clock.instant();
        var second = now.truncatedTo(ChronoUnit.SECONDS).toString();
        kubernetes
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(about.getNamespace())
                        .withGenerateName(about.getName() + ".")
                        .endMetadata()
                        .withInvolvedObject(about)
                        .withType("Normal")
                        .withReason(reason)
                        .withMessage(message)
                        .withNewSource()
                        .withComponent(CertificateSecrets.PXC)
                        .endSource()
                        .withFirstTimestamp(second)
                        .withLastTimestamp(second)
                        .withCount(1)
                        .build())
                .create();
    }
}
