package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.issuer.AcmeIssuer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What befalls a cloud: each time the status names the cause and the remedy, and all is well by itself once it is mended. */
@ExtendWith(InCloud.class)
class WeatherTest {

    @Test
    void aPrimaryThatIsDown(Cloud cloud) {
        try (var plot = Plot.of(cloud, "primary-down")) {
            // given
            plot.create(plot.ingress("before", plot.host("before")));
            await().until(() -> plot.isLive(plot.host("before")));
            cloud.world().primary().stop();
            try {
                // when
                plot.create(plot.ingress("meanwhile", plot.host("meanwhile")));

                // then
                Plot.says(
                        () -> plot.told("meanwhile"),
                        "failing",
                        "127.0.0.1:" + cloud.ports().primary());
                Plot.says(
                        () -> Plot.why(plot.zoneReady()),
                        "ServerUnreachable",
                        "127.0.0.1:" + cloud.ports().primary());
            } finally {
                // when
                cloud.world().primary().start();
            }

            // then
            Plot.becomesTrue(plot::zoneReady);
            Plot.says(() -> plot.told("meanwhile"), "live");
            assertThat(plot.isLive(plot.host("meanwhile"))).isTrue();
            assertThat(plot.isLive(plot.host("before"))).isTrue();
        }
    }

    @Test
    void aSecondaryThatIsDown(Cloud cloud) {
        try (var plot = Plot.of(cloud, "secondary-down")) {
            // given
            cloud.world().secondary().stop();
            try {
                // when
                plot.create(plot.ingress("meanwhile", plot.host("meanwhile")));

                // then
                Plot.says(() -> plot.told("meanwhile"), "pending", "secondaries");
                Plot.says(
                        () -> Plot.why(plot.zoneReady()),
                        "SecondaryBehind",
                        "127.0.0.1:" + cloud.ports().secondary());
            } finally {
                // when
                cloud.world().secondary().start();
            }

            // then
            Plot.becomesTrue(plot::zoneReady);
            Plot.says(() -> plot.told("meanwhile"), "live");
        }
    }

    @Test
    void aWrongKey(Cloud cloud) {
        try (var plot = Plot.of(cloud, "wrong-key")) {
            // given
            var right = cloud.world().primary().updateKey();
            cloud.credentials().put(plot.updateKeySecret(), Credentials.key(right.withOtherSecret()));

            // when
            plot.create(plot.ingress("web", plot.host("web")));

            // then
            Plot.says(() -> plot.told("web"), "failing", "pxc-update");
            Plot.says(() -> Plot.why(plot.zoneReady()), "pxc-update");

            // when
            cloud.credentials().put(plot.updateKeySecret(), Credentials.key(right));

            // then
            Plot.becomesTrue(plot::zoneReady);
            Plot.says(() -> plot.told("web"), "live");
        }
    }

    @Test
    void aSecretThatIsMissing(Cloud cloud) {
        try (var plot = Plot.of(cloud, "no-secret")) {
            // when
            cloud.admin()
                    .secrets()
                    .inNamespace(Cloud.NAMESPACE)
                    .withName(plot.updateKeySecret())
                    .delete();

            // then
            Plot.says(
                    () -> Plot.why(plot.zoneReady()),
                    "SecretMissing",
                    Cloud.NAMESPACE + "/" + plot.updateKeySecret(),
                    "create it");

            // when
            cloud.credentials()
                    .put(
                            plot.updateKeySecret(),
                            Credentials.key(cloud.world().primary().updateKey()));

            // then
            Plot.becomesTrue(plot::zoneReady);
        }
    }

    @Test
    void anAcmeServerThatIsDown(Cloud cloud) {
        try (var plot = Plot.of(cloud, "ca-down")) {
            // given
            Plot.becomesTrue(() -> plot.look().ready(AcmeIssuer.class, null, "pebble"));
            cloud.world().acmeCa().stop();
            try {
                // when
                plot.create(Plot.withTls(plot.ingress("web", plot.host("web")), "web-tls"));

                // then
                Plot.says(
                        () -> Plot.why(plot.look().ready(Certificate.class, plot.namespace(), "web-tls")),
                        "127.0.0.1:" + cloud.ports().acme());
                assertThat(plot.isLive(plot.host("web"))).isTrue();
            } finally {
                // when
                cloud.world().acmeCa().start();
            }

            // then
            Plot.becomesTrue(() -> plot.look().certified(plot.namespace(), "web-tls", plot.host("web")));
            Plot.becomesTrue(() -> plot.look().ready(Certificate.class, plot.namespace(), "web-tls"));
        }
    }

    @Test
    void aLedgerThatIsDown(Cloud cloud) {
        try (var plot = Plot.of(cloud, "ledger-down")) {
            // given
            var ingress = plot.create(plot.ingress("web", plot.host("web")));
            await().until(() -> plot.isLive(plot.host("web")));
            cloud.world().database().stop();
            try {
                // when
                plot.delete(ingress);

                // then
                Plot.says(() -> Plot.why(plot.zoneReady()), "LedgerUnavailable");
                assertThatThrownBy(() -> plot.create(plot.ingress("other", plot.host("other"))))
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("ledger");
                assertThat(plot.isLive(plot.host("web"))).isTrue();
            } finally {
                // when
                cloud.world().database().start();
            }

            // then
            await().until(() -> plot.isGone(plot.host("web")));
            Plot.becomesTrue(plot::zoneReady);
            await().until(() -> plot.claims() == 0);
        }
    }

    @Test
    void anOperatorThatIsAway(Cloud cloud) {
        try (var plot = Plot.of(cloud, "operator-away")) {
            // given
            var leaver = plot.create(plot.ingress("leaver", plot.host("leaver")));
            await().until(() -> plot.isLive(plot.host("leaver")));
            cloud.operator().stop();
            try {
                // when
                plot.delete(leaver);
                plot.create(plot.ingress("comer", plot.host("comer")));
                assertThat(plot.isLive(plot.host("leaver"))).isTrue();
            } finally {
                cloud.operator().start();
            }

            // then
            await().until(() -> plot.isLive(plot.host("comer")));
            await().until(() -> plot.isGone(plot.host("leaver")));
            assertThat(plot.claims()).isOne();
        }
    }

    @Test
    void aWebhookThatIsAwayLetsNothingInAndKeepsNothingFromGoing(Cloud cloud) {
        try (var plot = Plot.of(cloud, "webhook-away")) {
            // given
            var there = plot.create(plot.ingress("there", plot.host("there")));
            await().until(() -> plot.isLive(plot.host("there")));
            cloud.webhook().stop();
            try {
                // when, then
                assertThatThrownBy(() -> plot.create(plot.ingress("new", plot.host("new"))))
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("ingress.pxc.cloud");
                plot.delete(there);
                await().until(() -> plot.isGone(plot.host("there")));
            } finally {
                cloud.webhook().start();
            }
            plot.create(plot.ingress("new", plot.host("new")));
            await().until(() -> plot.isLive(plot.host("new")));
        }
    }
}
