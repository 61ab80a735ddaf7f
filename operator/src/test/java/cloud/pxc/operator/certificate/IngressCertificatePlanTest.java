package cloud.pxc.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.ObjectRef;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneSpec;
import cloud.pxc.crds.zone.ZoneCertificates;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngressCertificatePlanTest {

    private static final DnsZone ZONE = zone("example.org", "zone-issuer");
    private static final DnsZone LONGER = zone("cloud.example.org", "cloud-issuer");

    @Test
    void theLongestZoneNamesTheIssuer() {
        var plan = IngressCertificatePlan.of(
                ingress(Map.of(), "shop-tls", "Shop.cloud.example.org"), List.of(ZONE, LONGER));

        assertThat(plan.unanswered()).isEmpty();
        assertThat(plan.wanted().get("shop-tls").dnsNames()).containsExactly("shop.cloud.example.org");
        assertThat(plan.wanted().get("shop-tls").issuerRef()).isEqualTo(new ObjectRef("cloud-issuer"));
        assertThat(plan.wanted().get("shop-tls").secretName()).isEqualTo("shop-tls");
    }

    @Test
    void theIngressItselfGoesFirstAndCertManagersWordIsUnderstood() {
        var own = Map.of("pxc.cloud/issuer", "own", "cert-manager.io/cluster-issuer", "theirs");

        assertThat(issuerOf(own)).isEqualTo("own");
        assertThat(issuerOf(Map.of("cert-manager.io/cluster-issuer", "theirs"))).isEqualTo("theirs");
    }

    @Test
    void whatCanNotBeHadIsToldWithItsRemedy() {
        var plan = IngressCertificatePlan.of(ingress(Map.of(), "shop-tls", "shop.elsewhere.net"), List.of(ZONE));

        assertThat(plan.wanted()).isEmpty();
        assertThat(plan.unanswered()).singleElement().asString().contains("shop-tls", "pxc.cloud/issuer");
    }

    private static String issuerOf(Map<String, String> annotations) {
        return IngressCertificatePlan.of(ingress(annotations, "s", "a.example.org"), List.of(ZONE))
                .wanted()
                .get("s")
                .issuerRef()
                .name();
    }

    private static Ingress ingress(Map<String, String> annotations, String secret, String host) {
        return new IngressBuilder()
                .withNewMetadata()
                .withName("web")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewTl()
                .withSecretName(secret)
                .withHosts(host)
                .endTl()
                .endSpec()
                .build();
    }

    private static DnsZone zone(String name, String issuer) {
        var zone = new DnsZone();
        zone.setMetadata(new ObjectMetaBuilder().withName(name).build());
        zone.setSpec(new DnsZoneSpec(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new ZoneCertificates(new ObjectRef(issuer), false),
                null));
        return zone;
    }
}
