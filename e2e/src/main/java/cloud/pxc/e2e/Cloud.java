package cloud.pxc.e2e;

import cloud.pxc.world.ControlPlane;
import cloud.pxc.world.GuestBackend;
import cloud.pxc.world.Helm;
import cloud.pxc.world.Ports;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole cloud on this machine: the world, the chart installed in it by real Helm, operator and admission webhook as
 * processes under the chart's ServiceAccounts, and the Secrets that the samples name.
 *
 * <p>Nothing outlives it, however this JVM ends.
 */
public final class Cloud implements AutoCloseable {

    public static final String NAMESPACE = "pxc-system";
    private static final String DATABASE_SECRET = "world-database";

    private final CloudPorts ports;
    private final Map<String, String> settings;
    private final World world;
    private final int webhookPort = Ports.free();
    private final Credentials credentials;
    private Samples samples;
    private ImageServer images;
    private Application operator;
    private Application webhook;

    private Cloud(CloudPorts ports, Map<String, String> settings, GuestBackend guests) {
        this.ports = ports;
        this.settings = settings;
        this.world = new World(ports.ofWorld(), guests);
        this.credentials = new Credentials(world);
    }

    /** On free ports. */
    public static Cloud start() {
        return start(CloudPorts.free(), Map.of(), GuestBackend.NONE, Progress.SILENT);
    }

    /** @param settings of the operator, as environment variables */
    static Cloud start(CloudPorts ports, Map<String, String> settings, GuestBackend guests, Progress progress) {
        ports.mustBeFree();
        var cloud = new Cloud(ports, settings, guests);
        try {
            cloud.start(progress);
            return cloud;
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    public World world() {
        return world;
    }

    public ControlPlane controlPlane() {
        return world.controlPlane();
    }

    /** A client that may do anything. */
    public KubernetesClient admin() {
        return controlPlane().admin();
    }

    public Application operator() {
        return operator;
    }

    public Application webhook() {
        return webhook;
    }

    public Samples samples() {
        return samples;
    }

    public Credentials credentials() {
        return credentials;
    }

    CloudPorts ports() {
        return ports;
    }

    /** Where an image of a virtual machine can be fetched from. */
    public String imageUrl() {
        return "http://127.0.0.1:" + ports.images() + "/debian-12.qcow2";
    }

    /** Of that image, as a ProxmoxCluster wants it. */
    public String imageChecksum() {
        return ImageServer.checksum();
    }

    @Override
    public void close() {
        try (world) {
            for (var application : new Application[] {operator, webhook}) {
                if (application != null) {
                    application.stop();
                }
            }
            if (images != null) {
                images.close();
            }
        }
    }

    private void start(Progress progress) {
        try (var start = new SideBySide(progress)) {
            var database = start.part("PostgreSQL", () -> world.database().jdbcUrl());
            var primary = start.part(
                    "BIND, primary", () -> "127.0.0.1 port " + world.primary().port());
            var secondary = start.part(
                    "BIND, secondary",
                    () -> "127.0.0.1 port " + world.secondary().port());
            var acme = start.part(
                    "ACME CA (Pebble)", () -> world.acmeCa().directory().toString(), primary);
            var proxmox = start.part(
                    "Proxmox VE, simulated",
                    () -> world.proxmox().endpoints().getFirst() + " and two more nodes, "
                            + (world.realGuests().isPresent() ? "real Debian guests" : "no real guests"));
            start.part("images", () -> {
                images = ImageServer.start(ports.images());
                return imageUrl();
            });
            var controlPlane =
                    start.part("Kubernetes API server", () -> controlPlane().url());
            var chart = start.part("chart pxc, by Helm", this::install, controlPlane, database);
            start.part("Secrets of the samples", this::secrets, chart, primary, secondary, acme, proxmox);
            start.part("operator", this::startOperator, chart);
            start.part("admission webhook", this::startWebhook, chart);
        }
        samples = Samples.of(ports, world.scratch(), world.realGuests().map(guests -> guests.key()
                .publicKey()));
    }

    private String install() {
        kubectl(
                "apply",
                "-f",
                world.scratch()
                        .write("namespace.yaml", """
                {apiVersion: v1, kind: Namespace, metadata: {name: %s}}
                """.formatted(NAMESPACE))
                        .toString());
        var database = world.database();
        Credentials.put(
                admin(),
                NAMESPACE,
                DATABASE_SECRET,
                Map.of("username", database.user(), "password", database.password()));
        var values = world.scratch()
                .write("helm/values.yaml", """
                webhook: {url: "https://127.0.0.1:%d"}
                database: {url: "%s", existingSecret: "%s"}
                """.formatted(webhookPort, database.jdbcUrl(), DATABASE_SECRET));
        var helm = new Helm(world.scratch().folder("helm"), controlPlane().adminKubeconfig());
        var output =
                helm.run("install", "pxc", Helm.CHART.toString(), "--namespace=" + NAMESPACE, "--values=" + values);
        if (output.exitCode() != 0) {
            throw new IllegalStateException("Helm could not install the chart: " + output.errors());
        }
        return "release pxc in namespace " + NAMESPACE;
    }

    /** @throws IllegalStateException with what it said, if it failed */
    String kubectl(String... arguments) {
        var output = controlPlane().kubectl(arguments);
        if (output.exitCode() != 0) {
            throw new IllegalStateException("kubectl " + String.join(" ", arguments) + " failed: " + output.text());
        }
        return output.text();
    }

    private String secrets() {
        credentials.create();
        return "in namespace " + NAMESPACE;
    }

    private String startOperator() {
        var environment = environment("pxc-operator");
        // A container that restarts keeps its pod's name, and so its Lease.
        environment.put("PXC_LEADER_ELECTION_IDENTITY", "pxc-operator-0");
        environment.putAll(settings);
        operator = new Application("operator", "operator", world.scratch(), environment);
        operator.start();
        return "pid " + operator.pid();
    }

    private String startWebhook() {
        var environment = environment("pxc-admission-webhook");
        environment.put("PXC_WEBHOOK_PORT", Integer.toString(webhookPort));
        environment.put("PXC_WEBHOOK_HOSTS", "127.0.0.1");
        webhook = new Application("admission-webhook", "admission-webhook", world.scratch(), environment);
        webhook.start();
        return "pid " + webhook.pid();
    }

    /** What both applications are told, as the chart's Deployments tell it. */
    private Map<String, String> environment(String serviceAccount) {
        var environment = new TreeMap<String, String>();
        environment.put(
                "KUBECONFIG",
                controlPlane().kubeconfigFor(NAMESPACE, serviceAccount).toString());
        environment.put("PXC_NAMESPACE", NAMESPACE);
        environment.put("PXC_DATABASE_URL", world.database().jdbcUrl());
        environment.put("PXC_DATABASE_USERNAME", world.database().user());
        environment.put("PXC_DATABASE_PASSWORD", world.database().password());
        return environment;
    }
}
