package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import cloud.pxc.ledger.HostClaims;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server asks, and does as it is answered. */
@QuarkusTest
@QuarkusTestResource(Installed.class)
class AdmissionTest {

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String zone = id + ".example.org";
    private final String shop = id + "-shop";
    private final String lab = id + "-lab";

    @Inject
    HostClaims ledger;

    private KubernetesClient admin;

    @BeforeEach
    void aZoneForTwoTeams() {
        admin = Installed.admin();
        await().until(() -> Installed.bundleIsWritten());
        admin.resource(Objects.namespace(shop, Map.of("team", shop))).create();
        admin.resource(Objects.namespace(lab, Map.of("team", lab))).create();
        admin.resource(Objects.zone(zone, """
                - {namespaceSelector: {matchLabels: {team: %s}}, names: ["shop", "*.shop"]}
                - {namespaceSelector: {matchLabels: {team: %s}}, names: ["lab", "*.lab", "shop"]}
                """.formatted(shop, lab))).create();
    }

    @Test
    void whoComesFirstGetsTheNameAndTheSecondIsToldByWhom() {
        // given
        admin.resource(Objects.ingress(shop, "web", "shop." + zone)).create();

        // when
        var refusal = refusal(Objects.ingress(lab, "stolen", "shop." + zone));

        // then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo("admission webhook \"ingress.pxc.cloud\" denied the request: shop." + zone
                        + " is held by namespace " + shop + " (Ingress web) since "
                        + LocalDate.now(ZoneOffset.UTC) + "; ask its owner to let it go, or choose a name under *.lab."
                        + zone);
    }

    private KubernetesClientException refusal(HasMetadata object) {
        return catchThrowableOfType(
                KubernetesClientException.class, () -> admin.resource(object).create());
    }
}
