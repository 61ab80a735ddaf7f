package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.record.DnsRecord;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names as developers get them. */
@ExtendWith(InCloud.class)
class NamesTest {

    private static final int INGRESSES = 100;

    private static Plot plot;
    private static Plot other;

    @BeforeAll
    static void takeAPlot(Cloud cloud) {
        plot = Plot.of(cloud, "names");
        other = Plot.of(cloud, "others");
    }

    @AfterAll
    static void leaveIt() {
        plot.close();
        other.close();
    }

    @Test
    void anIngressGetsItsNameOnBothServersAndIsToldSo() {
        // when
        plot.create(plot.ingress("web", plot.host("web")));

        // then
        await().until(() -> plot.isLive(plot.host("web")));
        Plot.says(() -> plot.told("web"), "live " + plot.host("web") + " → " + Plot.TARGET + " (2 of 2 servers)");
        await().until(() -> plot.events("web", "NameLive").size() == 1);
        assertThat(plot.events("web", "NameLive").getFirst())
                .startsWith(plot.host("web") + " answers " + Plot.TARGET + " on all 2 name servers after ");
    }

    @Test
    void aNameIsAnsweredOnBothServersWithinASecond() {
        // given
        var took = new ArrayList<Duration>();

        // when
        for (var number = 0; number < INGRESSES; number++) {
            var host = plot.host("quick-" + number);
            var start = System.nanoTime();
            plot.create(plot.ingress("quick-" + number, host));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> plot.isLive(host));
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }

        // then
        took.sort(null);
        assertThat(took.get(INGRESSES * 99 / 100 - 1)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aNameThatAnotherNamespaceHoldsIsRefusedWithItsHolderAndARemedy() {
        // given
        plot.create(plot.ingress("holder", plot.host("held")));

        // when, then
        assertThatThrownBy(() -> other.create(other.ingress("thief", plot.host("held"))))
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(403);
                    assertThat(refusal.getStatus().getMessage())
                            .contains("ingress.pxc.cloud")
                            .contains(plot.host("held") + " is held by namespace names (Ingress holder) since ")
                            .contains("ask its owner to let it go");
                });
        assertThat(other.claims()).isZero();
    }

    @Test
    void aRecordOutsideOfWhatItsNamespaceMayTakeIsRefused() {
        assertThatThrownBy(() -> other.apply(record(other, "status", plot.host("status"))))
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(
                                refusal.getStatus().getMessage())
                        .contains("namespace others may not take " + plot.host("status")));
    }

    @Test
    void aRecordIsServedAndGoesWithItsObject() {
        // when
        plot.apply(record(plot, "db", plot.host("db")));

        // then
        Plot.becomesTrue(() -> plot.look().ready(DnsRecord.class, plot.namespace(), "db"));
        assertThat(plot.answers(plot.host("db"))).containsOnly(List.of("192.0.2.7"));

        // when
        plot.delete(new io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder()
                .withApiVersion("pxc.cloud/v1alpha1")
                .withKind("DnsRecord")
                .withNewMetadata()
                .withNamespace(plot.namespace())
                .withName("db")
                .endMetadata()
                .build());

        // then
        await().until(() -> plot.isGone(plot.host("db")));
    }

    @Test
    void aHostThatIsMovedLeavesNothingBehind() {
        // given
        plot.create(plot.ingress("mover", plot.host("before")));
        await().until(() -> plot.isLive(plot.host("before")));

        // when
        plot.apply(io.fabric8.kubernetes.client.utils.Serialization.asYaml(plot.ingress("mover", plot.host("after"))));

        // then
        await().until(() -> plot.isLive(plot.host("after")));
        await().until(() -> plot.isGone(plot.host("before")));
        Plot.says(() -> plot.told("mover"), "live " + plot.host("after"));
        await().until(() -> plot.ledgerRows("host_claim where fqdn = '" + plot.host("before") + "'") == 0);
    }

    @Test
    void aNameGoesWithItsIngressAndIsFreeForTheNext() {
        // given
        var ingress = plot.create(plot.ingress("short", plot.host("short")));
        await().until(() -> plot.isLive(plot.host("short")));

        // when
        plot.delete(ingress);

        // then
        await().until(() -> plot.isGone(plot.host("short")));
        await().until(() -> plot.ledgerRows("host_claim where fqdn = '" + plot.host("short") + "'") == 0);
        await().until(() -> plot.ledgerRows("applied_record where name = '" + plot.host("short") + "'") == 0);
    }

    private static String record(Plot plot, String name, String fqdn) {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: DnsRecord
                metadata: {namespace: %s, name: %s}
                spec: {fqdn: %s, type: A, values: [192.0.2.7]}
                """.formatted(plot.namespace(), name, fqdn);
    }
}
