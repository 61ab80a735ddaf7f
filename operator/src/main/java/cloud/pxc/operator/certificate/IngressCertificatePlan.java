package cloud.pxc.operator.certificate;

import cloud.pxc.crds.ObjectRef;
import cloud.pxc.crds.certificate.CertificateSpec;
import cloud.pxc.crds.zone.ClaimPolicy;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneSpec;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which certificates the {@code tls} block of an Ingress asks for. Pure.
 *
 * @param wanted secret name → what its Certificate is to be
 * @param unanswered entries that get none, and why, a sentence each
 */
record IngressCertificatePlan(Map<String, CertificateSpec> wanted, List<String> unanswered) {

    private static final List<String> ISSUER_ANNOTATIONS =
            List.of("pxc.cloud/issuer", "cert-manager.io/cluster-issuer");

    static IngressCertificatePlan of(Ingress ingress, Collection<DnsZone> zones) {
        var hosts = new TreeMap<String, TreeSet<String>>();
        for (var tls : entries(ingress)) {
            if (tls.getSecretName() != null && !tls.getSecretName().isBlank()) {
                var names = hosts.computeIfAbsent(tls.getSecretName(), secret -> new TreeSet<>());
                tls.getHosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
            }
        }
        var wanted = new LinkedHashMap<String, CertificateSpec>();
        var unanswered = new ArrayList<String>();
        hosts.forEach((secret, names) -> {
            if (names.isEmpty()) {
                unanswered.add(
                        "tls entry with secretName " + secret + " names no hosts; add them to get a certificate");
                return;
            }
            issuer(ingress, names, zones)
                    .ifPresentOrElse(
                            issuer -> wanted.put(secret, spec(names, secret, issuer)),
                            () -> unanswered.add("no issuer for Secret " + secret
                                    + "; set the annotation pxc.cloud/issuer, or spec.certificates of the zone of "
                                    + names.first()));
        });
        return new IngressCertificatePlan(wanted, unanswered);
    }

    private static List<IngressTLS> entries(Ingress ingress) {
        return ingress.getSpec() == null || ingress.getSpec().getTls() == null
                ? List.of()
                : ingress.getSpec().getTls();
    }

    /** The Ingress itself says, or else the zone of the first of its names that has one. */
    private static Optional<String> issuer(Ingress ingress, Collection<String> names, Collection<DnsZone> zones) {
        var annotations = ingress.getMetadata().getAnnotations();
        var own = ISSUER_ANNOTATIONS.stream()
                .map(annotation -> annotations == null ? null : annotations.get(annotation))
                .filter(Objects::nonNull)
                .filter(name -> !name.isBlank())
                .findFirst();
        return own.or(() -> names.stream()
                .flatMap(name -> ClaimPolicy.zoneOf(name, zones).stream())
                .map(DnsZone::getSpec)
                .map(DnsZoneSpec::certificates)
                .filter(Objects::nonNull)
                .map(certificates -> certificates.issuerRef().name())
                .findFirst());
    }

    private static CertificateSpec spec(Collection<String> names, String secret, String issuer) {
        return new CertificateSpec(List.copyOf(names), secret, new ObjectRef(issuer), null, null, null);
    }
}
