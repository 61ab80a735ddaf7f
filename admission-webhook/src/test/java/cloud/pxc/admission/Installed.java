package cloud.pxc.admission;

import cloud.pxc.world.Database;
import cloud.pxc.world.Helm;
import cloud.pxc.world.Ports;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The chart, installed by real Helm in a real control plane, and a real PostgreSQL. The application under test stands where the
 * chart's values say it is, and acts as the chart's ServiceAccount.
 */
public class Installed implements QuarkusTestResourceLifecycleManager {

    public static final String NAMESPACE = "pxc-system";
    public static final String ACCOUNT = "pxc-admission-webhook";

    private static Installed installed;

    private World world;
    private KubernetesClient admin;

    /** A client that may do anything, and takes every failure for an answer. */
    static KubernetesClient admin() {
        return installed.admin;
    }

    static Database database() {
        return installed.world.database();
    }

    /** Whether the API server can trust the webhook by now. */
    static boolean bundleIsWritten() {
        return configuration().getWebhooks().stream()
                .allMatch(webhook -> webhook.getClientConfig().getCaBundle() != null);
    }

    /** TLS settings of a client that trusts what the API server trusts: the bundle in the webhook configuration. */
    static SSLContext trustingTheBundle() throws GeneralSecurityException, IOException {
        var pem = Base64.getDecoder()
                .decode(configuration()
                        .getWebhooks()
                        .getFirst()
                        .getClientConfig()
                        .getCaBundle());
        var trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        for (var authority :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            trust.setCertificateEntry(Integer.toString(trust.size()), authority);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static ValidatingWebhookConfiguration configuration() {
        return admin().admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(ACCOUNT)
                .get();
    }

    @Override
    public Map<String, String> start() {
        installed = this;
        world = new World();
        var config = new ConfigBuilder(world.controlPlane().admin().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        admin = new KubernetesClientBuilder().withConfig(config).build();
        var ports = Ports.free(2);
        install(world, ports.getFirst());
        var account = Config.fromKubeconfig(
                world.controlPlane().kubeconfigFor(NAMESPACE, ACCOUNT).toFile());
        var settings = new HashMap<String, String>();
        settings.put("quarkus.kubernetes-client.api-server-url", account.getMasterUrl());
        settings.put("quarkus.kubernetes-client.ca-cert-file", account.getCaCertFile());
        settings.put("quarkus.kubernetes-client.token", account.getAutoOAuthToken());
        settings.put("quarkus.datasource.jdbc.url", world.database().jdbcUrl());
        settings.put("quarkus.datasource.username", world.database().user());
        settings.put("quarkus.datasource.password", world.database().password());
        settings.put("quarkus.http.test-ssl-port", ports.getFirst().toString());
        settings.put("quarkus.management.test-port", ports.getLast().toString());
        settings.put("pxc.namespace", NAMESPACE);
        settings.put("pxc.webhook.hosts", "127.0.0.1");
        return settings;
    }

    @Override
    public void stop() {
        admin.close();
        world.close();
    }

    /** Installs the chart; its webhook configuration asks at that port. */
    public static void install(World world, int port) {
        world.controlPlane()
                .admin()
                .resource(Objects.namespace(NAMESPACE, Map.of()))
                .create();
        var values = world.scratch().write("values.yaml", """
                webhook: {url: "https://127.0.0.1:%d"}
                database: {url: "jdbc:postgresql://db.example.org/pxc", existingSecret: "pxc-db"}
                """.formatted(port));
        var helm = new Helm(world.scratch().folder("helm"), world.controlPlane().adminKubeconfig());
        var output =
                helm.run("install", "pxc", Helm.CHART.toString(), "--namespace=" + NAMESPACE, "--values=" + values);
        if (output.exitCode() != 0) {
            throw new IllegalStateException("Helm could not install the chart: " + output.errors());
        }
    }
}
