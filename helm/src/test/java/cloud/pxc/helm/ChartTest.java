package cloud.pxc.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.world.ControlPlane;
import cloud.pxc.world.Helm;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real Helm renders and installs the chart, a real API server takes what comes out. */
@ExtendWith(InWorld.class)
class ChartTest {

    private static final String NAMESPACE = "pxc-system";

    @TempDir
    static Path folder;

    private static ControlPlane controlPlane;
    private static KubernetesClient admin;
    private static Helm helm;

    static Stream<Path> values() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/values"))) {
            return files.sorted().toList().stream();
        }
    }

    /** What an installation keeps on purpose would meet the next test. */
    @AfterEach
    void removeWhatIsKept() {
        admin.secrets().inNamespace(NAMESPACE).withName("pxc-database").delete();
    }

    @BeforeAll
    static void start(World world) {
        controlPlane = world.controlPlane();
        admin = controlPlane.admin();
        helm = new Helm(folder, controlPlane.adminKubeconfig());
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @ParameterizedTest
    @MethodSource("values")
    void helmFindsNothingWrong(Path values) throws Exception {
        var output = helm.run("lint", "--strict", Helm.CHART.toString(), "--values=" + values);

        assertThat(output.exitCode()).as(output.text() + output.errors()).isZero();
    }

    @ParameterizedTest
    @MethodSource("values")
    void theApiServerTakesEveryObject(Path values) throws Exception {
        // given
        var rendered = Files.writeString(folder.resolve("rendered.yaml"), helm.render(values));

        // when
        var answer = controlPlane.kubectl("apply", "--dry-run=server", "--validate=strict", "-f", rendered.toString());

        // then
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertThat(answer.text()).doesNotContainIgnoringCase("warning");
    }

    @ParameterizedTest
    @MethodSource("values")
    void noRoleHasAWildcard(Path values) throws Exception {
        var rules = objects(values).stream()
                .flatMap(ChartTest::rules)
                .flatMap(rule -> Stream.of(
                                rule.getApiGroups(), rule.getResources(), rule.getVerbs(), rule.getNonResourceURLs())
                        .flatMap(List::stream))
                .toList();

        assertThat(rules).isNotEmpty().noneMatch(word -> word.contains("*"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyContainerIsConfined(Path values) throws Exception {
        var pods = objects(values).stream().flatMap(ChartTest::pods).toList();

        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            var security = pod.getSpec().getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getRunAsUser()).isPositive();
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getSpec().getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
                assertThat(container.getReadinessProbe()).isNotNull();
                assertThat(container.getLivenessProbe()).isNotNull();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void deletesAndTheSystemsOwnNamespacesAreNeverHeldUp(Path values) throws Exception {
        var webhooks = objects(values).stream()
                .filter(ValidatingWebhookConfiguration.class::isInstance)
                .flatMap(configuration -> ((ValidatingWebhookConfiguration) configuration).getWebhooks().stream())
                .toList();

        assertThat(webhooks).hasSize(3).allSatisfy(webhook -> {
            assertThat(webhook.getTimeoutSeconds()).isEqualTo(3);
            assertThat(webhook.getRules())
                    .allSatisfy(rule -> assertThat(rule.getOperations()).isSubsetOf("CREATE", "UPDATE"));
            assertThat(webhook.getNamespaceSelector().getMatchExpressions())
                    .singleElement()
                    .satisfies(expression -> {
                        assertThat(expression.getOperator()).isEqualTo("NotIn");
                        assertThat(expression.getValues()).contains("kube-system", NAMESPACE);
                    });
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            operator.replicas=many               | /operator/replicas
            operator.logLevel=LOUD               | /operator/logLevel
            webhook.url=http://192.0.2.7         | /webhook/url
            webhook.failurePolicy=Maybe          | /webhook/failurePolicy
            database.url=jdbc:mysql://db/pxc     | /database/url
            database.url=jdbc:postgresql://db/p  | /database/existingSecret
            operatr.replicas=2                   | operatr
            """)
    void aValueThatDoesNotFitIsRefusedByItsName(String value, String named) throws Exception {
        var output = helm.run("template", "pxc", Helm.CHART.toString(), "--set=" + value);

        assertThat(output.exitCode()).isNotZero();
        assertThat(output.errors()).contains(named);
    }

    @Test
    void anInstallationLeavesNothingButKindsAndData() throws Exception {
        // when
        var installed = helm.run("install", "pxc", Helm.CHART.toString(), "--namespace=" + NAMESPACE);

        // then
        assertThat(installed.exitCode()).as(installed.errors()).isZero();
        var password = password();
        assertThat(password).isNotBlank();
        theAccountsMayDoTheirWorkAndNoMore();
        servingCertificate().edit(secret -> new SecretBuilder(secret)
                .withStringData(Map.of("tls.crt", "written by the webhook"))
                .build());
        var certificate = servingCertificate().get().getData();

        // when
        var upgraded = helm.run("upgrade", "pxc", Helm.CHART.toString(), "--namespace=" + NAMESPACE);

        // then
        assertThat(upgraded.exitCode()).as(upgraded.errors()).isZero();
        assertThat(password()).isEqualTo(password);
        assertThat(servingCertificate().get().getData()).isNotEmpty().isEqualTo(certificate);

        // when
        var uninstalled = helm.run("uninstall", "pxc", "--namespace=" + NAMESPACE);

        // then
        assertThat(uninstalled.exitCode()).as(uninstalled.errors()).isZero();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(leftOver()).containsExactly("secret/pxc-database"));
        assertThat(admin.apiextensions().v1().customResourceDefinitions().list().getItems())
                .extracting(crd -> crd.getSpec().getGroup())
                .hasSize(8)
                .containsOnly("pxc.cloud");
    }

    private static Resource<Secret> servingCertificate() {
        return admin.secrets().inNamespace(NAMESPACE).withName("pxc-admission-webhook-tls");
    }

    private static void theAccountsMayDoTheirWorkAndNoMore() {
        try (var operator = controlPlane.clientFor(NAMESPACE, "pxc-operator");
                var webhook = controlPlane.clientFor(NAMESPACE, "pxc-admission-webhook")) {
            assertThat(may(operator, "patch", "pxc.cloud", "dnszones", "status", null))
                    .isTrue();
            assertThat(may(operator, "create", "pxc.cloud", "machines", null, null))
                    .isTrue();
            assertThat(may(operator, "update", "coordination.k8s.io", "leases", null, "pxc-operator"))
                    .isTrue();
            assertThat(may(operator, "update", "coordination.k8s.io", "leases", null, "another"))
                    .isFalse();
            assertThat(may(operator, "create", "pxc.cloud", "stacks", null, null))
                    .isFalse();
            assertThat(may(operator, "delete", "networking.k8s.io", "ingresses", null, null))
                    .isFalse();
            assertThat(may(webhook, "watch", "pxc.cloud", "dnszones", null, null))
                    .isTrue();
            assertThat(may(webhook, "get", "", "secrets", null, "pxc-admission-webhook-tls"))
                    .isTrue();
            assertThat(may(webhook, "create", "", "secrets", null, null)).isFalse();
            assertThat(may(webhook, "get", "", "secrets", null, "pxc-database")).isFalse();
            assertThat(may(webhook, "patch", "pxc.cloud", "dnszones", null, null))
                    .isFalse();
        }
    }

    private static boolean may(
            KubernetesClient account, String verb, String group, String resource, String subresource, String name) {
        return account.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(NAMESPACE)
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private static String password() {
        return admin.secrets()
                .inNamespace(NAMESPACE)
                .withName("pxc-database")
                .get()
                .getData()
                .get("password");
    }

    /** Everything of the release, in its namespace and beyond. */
    private static List<String> leftOver() {
        var answer = controlPlane.kubectl(
                "get",
                "deployments,statefulsets,services,serviceaccounts,secrets,poddisruptionbudgets,networkpolicies,roles,"
                        + "rolebindings,clusterroles,clusterrolebindings,validatingwebhookconfigurations,"
                        + "validatingadmissionpolicies,validatingadmissionpolicybindings",
                "--namespace=" + NAMESPACE,
                "--selector=app.kubernetes.io/instance=pxc",
                "--output=name");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        return answer.text().lines().toList();
    }

    private static List<HasMetadata> objects(Path values) throws Exception {
        var rendered = helm.render(values).getBytes(StandardCharsets.UTF_8);
        return admin.load(new ByteArrayInputStream(rendered)).items();
    }

    private static Stream<PolicyRule> rules(HasMetadata object) {
        return switch (object) {
            case Role role -> role.getRules().stream();
            case ClusterRole role -> role.getRules().stream();
            default -> Stream.of();
        };
    }

    private static Stream<PodTemplateSpec> pods(HasMetadata object) {
        return switch (object) {
            case Deployment deployment -> Stream.of(deployment.getSpec().getTemplate());
            case StatefulSet set -> Stream.of(set.getSpec().getTemplate());
            default -> Stream.of();
        };
    }
}
