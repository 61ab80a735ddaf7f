package cloud.pxc.operator;

import static java.util.Map.entry;

import cloud.pxc.world.Helm;
import cloud.pxc.world.Programs;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the operator of {@link RunningOperator} finds around it. */
public final class OperatorWorld implements QuarkusTestResourceLifecycleManager {

    public static final String NAMESPACE = "pxc-system";

    private static final String OPERATOR = "pxc-operator";
    private static final Pattern ROLES = Pattern.compile("(?m)^kind: (ServiceAccount|(Cluster)?Role(Binding)?)$");
    private static final Pattern POLICIES = Pattern.compile("(?m)^kind: ValidatingAdmissionPolicy(Binding)?$");

    private World world;

    @Override
    public Map<String, String> start() {
        world = new World();
        var controlPlane = world.controlPlane();
        controlPlane.apply(Programs.projectRoot().resolve("helm/pxc/crds"));
        controlPlane
                .admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        world.primary();
        world.secondary();
        rulesOfTheChart();
        // Read by the Kubernetes client itself, before any setting of the application.
        System.setProperty(
                "kubeconfig", controlPlane.kubeconfigFor(NAMESPACE, OPERATOR).toString());
        return Map.ofEntries(
                entry("quarkus.datasource.jdbc.url", world.database().jdbcUrl()),
                entry("quarkus.datasource.username", world.database().user()),
                entry("quarkus.datasource.password", world.database().password()),
                entry("quarkus.datasource.jdbc.acquisition-timeout", "1S"),
                entry("quarkus.http.test-port", "0"),
                // The build tells tests the project's folder by a property of its own, pxc.root.
                entry("smallrye.config.mapping.validate-unknown", "false"),
                entry("pxc.leader-election.identity", "test"),
                entry("pxc.proxmox.poll", "500ms"),
                entry("pxc.proxmox.retry-first", "200ms"),
                entry("pxc.proxmox.retry-max", "2s"),
                entry("pxc.zone.check", "1s"),
                entry("pxc.zone.timeout", "3s"));
    }

    /** Everybody may do here what the chart lets them do, so that a permission that is missing fails a test. */
    private void rulesOfTheChart() {
        var values = world.scratch().write("helm/values.yaml", "{}");
        var helm = new Helm(world.scratch().folder("helm"), world.controlPlane().adminKubeconfig());
        var rules = Arrays.stream(helm.render(values).split("(?m)^---$"))
                .filter(document -> POLICIES.matcher(document).find()
                        || ROLES.matcher(document).find() && document.contains("name: " + OPERATOR + "\n"))
                .collect(Collectors.joining("---\n"));
        world.controlPlane().apply(world.scratch().write("rules.yaml", rules));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(world, field -> field.getType() == World.class);
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
        if (world != null) {
            world.close();
        }
    }
}
