package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewReaderTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final Map<String, String> DOMAINS = Map.of("alpha", "cloud.example.org");

    @Test
    void aNewIngressAsksForItsHosts() {
        var asked = read("""
                operation: CREATE
                dryRun: true
                object:
                  apiVersion: networking.k8s.io/v1
                  kind: Ingress
                  metadata: {name: web, namespace: team-a, uid: "1"}
                  spec: {rules: [{host: b.example.org}, {host: a.example.org}]}
                """).orElseThrow();

        assertThat(asked.names()).containsExactly("a.example.org", "b.example.org");
        assertThat(asked.owner()).isEqualTo(new Owner(Owner.LOCAL, "team-a", "Ingress", "web", "1"));
        assertThat(asked.dryRun()).isTrue();
    }

    @Test
    void anUpdateAsksForWhatItAdds() {
        var asked = read("""
                operation: UPDATE
                object:
                  metadata: {name: web, uid: "1", annotations: {external-dns.alpha.kubernetes.io/hostname: "b c, d e"}}
                  spec: {rules: [{host: a.example.org}, {host: b.example.org}]}
                oldObject:
                  metadata: {name: web, uid: "1", annotations: {external-dns.alpha.kubernetes.io/hostname: "b c"}}
                  spec: {rules: [{host: a.example.org}]}
                """).orElseThrow();

        assertThat(asked.names()).containsExactly("b.example.org");
        assertThat(asked.problems()).singleElement().asString().startsWith("\"d e\" is no domain name");
    }

    @Test
    void oneThatIsNoLongerLeftAloneAsksForAllItsHosts() {
        var asked = read("""
                operation: UPDATE
                object:
                  metadata: {name: web, uid: "1"}
                  spec: {rules: [{host: a.example.org}]}
                oldObject:
                  metadata: {name: web, uid: "1", annotations: {pxc.cloud/dns: "off"}}
                  spec: {rules: [{host: a.example.org}]}
                """).orElseThrow();

        assertThat(asked.names()).containsExactly("a.example.org");
    }

    @Test
    void theUidOfTheReviewStandsInWhereTheObjectHasNone() {
        var asked = read("""
                operation: CREATE
                object: {metadata: {generateName: web-}, spec: {rules: [{host: a.example.org}]}}
                """).orElseThrow();

        assertThat(asked.owner()).isEqualTo(new Owner(Owner.LOCAL, "team-a", "Ingress", "web-", "review"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "unknown"})
    void aStackAsksForItsNameInTheDomainOfItsCluster(String cluster) {
        var asked = read("""
                operation: CREATE
                kind: {group: pxc.cloud, version: v1alpha1, kind: Stack}
                object:
                  metadata: {name: shop, namespace: team-a, uid: "1"}
                  spec: {clusterRef: {name: %s}, machineSets: [{name: web, image: debian-12}]}
                """.formatted(cluster)).orElseThrow();

        assertThat(asked.names()).isEqualTo(cluster.equals("alpha") ? Set.of("shop.cloud.example.org") : Set.of());
        assertThat(asked.zonesOnly()).isEqualTo(cluster.equals("alpha"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{operation: CREATE, object: {}}",
                "{operation: CREATE, object: {spec: {defaultBackend: {service: {name: web}}}}}",
                "{operation: UPDATE, object: {metadata: {name: web}}, oldObject: {}}",
                "{operation: CREATE, kind: {kind: DnsRecord}, object: {metadata: {name: db}}}"
            })
    void oneThatIsHalfThereAsksForNothing(String request) {
        assertThat(read(request).orElseThrow().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{operation: DELETE, oldObject: {spec: {rules: [{host: a.example.org}]}}}",
                "{operation: CONNECT, object: {spec: {rules: [{host: a.example.org}]}}}",
                "{operation: UPDATE, subResource: status, object: {spec: {rules: [{host: a.example.org}]}}}",
                "{operation: CREATE, kind: {kind: Service}, object: {spec: {type: ClusterIP}}}",
                "{operation: UPDATE, object: {metadata: {deletionTimestamp: \"2026-01-01T00:00:00Z\"},"
                        + " spec: {rules: [{host: a.example.org}]}}}",
                "{operation: CREATE}",
                "{}"
            })
    void whatIsNotToBeJudgedIsNotRead(String request) {
        assertThat(read(request)).isEmpty();
    }

    private static Optional<NameRequest> read(String yaml) {
        AdmissionRequest request = JSON.convertValue(JSON.unmarshal("---\n" + yaml), AdmissionRequest.class);
        if (request.getKind() == null) {
            request.setKind(new io.fabric8.kubernetes.api.model.GroupVersionKind("networking.k8s.io", "Ingress", "v1"));
        }
        request.setUid("review");
        request.setNamespace("team-a");
        return new ReviewReader(JSON, cluster -> Optional.ofNullable(DOMAINS.get(cluster))).read(request);
    }
}
