package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.certificate.CertificateSpec;
import cloud.pxc.operator.claim.ZoneCatalog;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Certificates for Ingresses with a {@code tls} block, without anyone writing them: objects of kind Certificate, named like the
 * Secret, owned by the Ingress and so gone with it. A Certificate that somebody else wrote is left as it is.
 */
@ApplicationScoped
public class IngressCertificates {

    private static final Logger LOG = Logger.getLogger(IngressCertificates.class);

    /** Label: uid of the Ingress that a Certificate was made for. */
    private static final String INGRESS_UID = "pxc.cloud/ingress-uid";

    private final KubernetesClient kubernetes;
    private final ZoneCatalog catalog;

    IngressCertificates(KubernetesClient kubernetes, ZoneCatalog catalog) {
        this.kubernetes = kubernetes;
        this.catalog = catalog;
    }

    /**
     * Makes, changes and removes the Certificates of an Ingress, as its {@code tls} block, its annotations
     * ({@code pxc.cloud/issuer}, {@code cert-manager.io/cluster-issuer}) and the {@code certificates} of the zone of its hosts
     * want it. To be called whenever the Ingress or one of the zones has changed; costs one list where nothing is to be done.
     *
     * @return what is wanted and can't be had, a sentence each with its remedy
     */
    public List<String> want(Ingress ingress) {
        var owned = owned(ingress);
        if (ingress.getSpec() == null || (ingress.getSpec().getTls().isEmpty() && owned.isEmpty())) {
            return List.of();
        }
        var plan = IngressCertificatePlan.of(ingress, catalog.zones());
        var problems = new ArrayList<>(plan.unanswered());
        plan.wanted().forEach((secret, spec) -> {
            var before = owned.stream()
                    .filter(certificate -> certificate.getMetadata().getName().equals(secret))
                    .findFirst();
            if (before.isEmpty()) {
                create(ingress, secret, spec, problems);
            } else if (differs(before.get().getSpec(), spec)) {
                kubernetes.resource(certificate(ingress, secret, spec)).patch(CertificateSecrets.apply());
            }
        });
        owned.stream()
                .filter(certificate ->
                        !plan.wanted().containsKey(certificate.getMetadata().getName()))
                .forEach(certificate -> kubernetes.resource(certificate).delete());
        return problems;
    }

    private void create(Ingress ingress, String secret, CertificateSpec spec, List<String> problems) {
        try {
            kubernetes.resource(certificate(ingress, secret, spec)).create();
            LOG.infof(
                    "ingress=%s/%s certificate=%s names=%s",
                    ingress.getMetadata().getNamespace(), ingress.getMetadata().getName(), secret, spec.dnsNames());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            existing(ingress, secret, spec, problems);
        }
    }

    /** Somebody else's Certificate, a person's or another Ingress's: it serves this one too if it has the names. */
    private void existing(Ingress ingress, String secret, CertificateSpec spec, List<String> problems) {
        var other = kubernetes
                .resources(Certificate.class)
                .inNamespace(ingress.getMetadata().getNamespace())
                .withName(secret)
                .get();
        if (other != null && !other.getSpec().dnsNames().containsAll(spec.dnsNames())) {
            problems.add("Certificate " + secret + " is there already and is for "
                    + String.join(", ", other.getSpec().dnsNames())
                    + "; add the hosts of Ingress " + ingress.getMetadata().getName()
                    + " to it, or give the Ingress a secretName of its own");
        }
    }

    private List<Certificate> owned(Ingress ingress) {
        return kubernetes
                .resources(Certificate.class)
                .inNamespace(ingress.getMetadata().getNamespace())
                .withLabel(INGRESS_UID, ingress.getMetadata().getUid())
                .list()
                .getItems();
    }

    private static boolean differs(CertificateSpec before, CertificateSpec wanted) {
        return !before.dnsNames().equals(wanted.dnsNames())
                || !before.issuerRef().equals(wanted.issuerRef());
    }

    private static Certificate certificate(Ingress ingress, String secret, CertificateSpec spec) {
        var meta = ingress.getMetadata();
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withNamespace(meta.getNamespace())
                .withName(secret)
                .withLabels(Map.of(CertificateSecrets.MANAGED_BY, CertificateSecrets.PXC, INGRESS_UID, meta.getUid()))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("networking.k8s.io/v1")
                        .withKind("Ingress")
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .withController(true)
                        .build())
                .build());
        certificate.setSpec(spec);
        return certificate;
    }
}
