package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.certificate.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates as developers get them. */
@ExtendWith(InCloud.class)
class CertificatesTest {

    @Test
    void anIngressWithTlsGetsItsSecretAndLosesItWithTheIngress(Cloud cloud) {
        try (var plot = Plot.of(cloud, "tls")) {
            // when
            var ingress = plot.create(Plot.withTls(plot.ingress("web", plot.host("web")), "web-tls"));

            // then
            Plot.becomesTrue(() -> plot.look().certified(plot.namespace(), "web-tls", plot.host("web")));
            await().until(() -> plot.events("web", "CertificateReady").size() == 1);
            assertThat(plot.events("web", "CertificateReady").getFirst())
                    .startsWith("Secret web-tls holds a certificate for " + plot.host("web") + " until ");
            assertThat(plot.ledgerRows("certificate_issue where namespace = 'tls'"))
                    .isOne();
            await().until(() ->
                    plot.ledgerRows("applied_record where name = '_acme-challenge." + plot.host("web") + "'") == 0);

            // when
            plot.delete(ingress);

            // then
            var secrets = cloud.admin().secrets().inNamespace(plot.namespace());
            await().atMost(java.time.Duration.ofMinutes(1))
                    .until(() -> secrets.withName("web-tls").get() == null);
            await().until(() -> cloud.admin()
                    .resources(Certificate.class)
                    .inNamespace(plot.namespace())
                    .list()
                    .getItems()
                    .isEmpty());
        }
    }
}
