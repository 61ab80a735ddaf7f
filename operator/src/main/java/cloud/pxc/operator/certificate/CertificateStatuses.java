package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.certificate.CertificateStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Objects;

/** Reads and writes the status of Certificates at the API server itself: an order must never be missed by a stale copy. */
@ApplicationScoped
class CertificateStatuses {

    private final KubernetesClient kubernetes;

    CertificateStatuses(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** The Certificate as it is now; null when it is gone. */
    Certificate fresh(Certificate certificate) {
        return kubernetes
                .resources(Certificate.class)
                .inNamespace(certificate.getMetadata().getNamespace())
                .withName(certificate.getMetadata().getName())
                .get();
    }

    /** Writes the status where it differs. */
    void write(Certificate certificate, CertificateStatus status) {
        if (Objects.equals(status, certificate.getStatus())) {
            return;
        }
        var patch = new Certificate();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(certificate.getMetadata().getNamespace())
                .withName(certificate.getMetadata().getName())
                .build());
        patch.setStatus(status);
        kubernetes.resource(patch).subresource("status").patch(CertificateSecrets.apply());
        certificate.setStatus(status);
    }

    /** Writes the order's URL, and leaves everything else as it is. */
    void keepOrder(Certificate certificate, URI order) {
        var before = certificate.getStatus() == null ? empty() : certificate.getStatus();
        write(
                certificate,
                new CertificateStatus(
                        before.observedGeneration(),
                        before.conditions(),
                        before.names(),
                        before.notBefore(),
                        before.notAfter(),
                        before.renewalTime(),
                        before.serial(),
                        order.toString(),
                        CertificateSecrets.nextKeyName(certificate),
                        before.failures(),
                        before.nextAttempt(),
                        before.revision(),
                        before.replicatedTo()));
    }

    static CertificateStatus empty() {
        return new CertificateStatus(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
