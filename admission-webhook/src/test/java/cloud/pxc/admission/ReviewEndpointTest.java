package cloud.pxc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the two ports, whoever sends it. */
@QuarkusTest
@QuarkusTestResource(Installed.class)
class ReviewEndpointTest {

    @ConfigProperty(name = "quarkus.http.test-ssl-port")
    int reviews;

    @ConfigProperty(name = "quarkus.management.test-port")
    int probes;

    @BeforeEach
    void started() {
        await().until(Installed::bundleIsWritten);
    }

    @Test
    void aDeletionPassesUnseen() throws Exception {
        var answer = review("""
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "7", "operation": "DELETE",
                 "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"},
                 "oldObject": {"spec": {"rules": [{"host": "www.example.net"}]}}}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"apiVersion\":\"admission.k8s.io/v1\"", "\"uid\":\"7\"", "\"allowed\":true");
    }

    @Test
    void aRefusalIsAnsweredAsForbidden() throws Exception {
        var answer = review("""
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "8", "operation": "CREATE",
                 "namespace": "default", "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"},
                 "object": {"spec": {"rules": [{"host": "www.example.net"}]}}}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"allowed\":false", "\"code\":403", "www.example.net lies in no zone of this cloud");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\"}",
                "{\"request\": 7}"
            })
    void whatIsNoReviewIsABadRequest(String body) throws Exception {
        var answer = review(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("This ").contains("AdmissionReview");
    }

    @Test
    void anObjectThatCannotBeReadIsUndecidedAndNeverAdmitted() throws Exception {
        var answer = review("""
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "9", "operation": "CREATE",
                 "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"},
                 "object": {"spec": {"rules": "all"}}}}""");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("The object can't be read: ");
    }

    @Test
    void metricsAndProbesAreOnThePlainPortOnly() throws Exception {
        aRefusalIsAnsweredAsForbidden();

        try (var http = HttpClient.newHttpClient()) {
            assertThat(get(http, "http://127.0.0.1:" + probes + "/q/health/live")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(http, "http://127.0.0.1:" + probes + "/q/metrics").body())
                    .containsPattern("pxc_admission_reviews_total\\{allowed=\"false\",kind=\"Ingress\"\\} [1-9]")
                    .contains("pxc_admission_review_duration_seconds_bucket{kind=\"Ingress\",le=\"0.01\"}");
        }
        try (var http = trusting()) {
            assertThat(get(http, "https://127.0.0.1:" + reviews + "/q/metrics").statusCode())
                    .isEqualTo(404);
        }
    }

    private HttpResponse<String> review(String body) throws Exception {
        try (var http = trusting()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + reviews + "/validate"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting() throws Exception {
        return HttpClient.newBuilder().sslContext(Installed.trustingTheBundle()).build();
    }
}
