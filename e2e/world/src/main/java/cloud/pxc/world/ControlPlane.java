package cloud.pxc.world;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * A real Kubernetes control plane: etcd, kube-apiserver with RBAC, and the controllers that collect owned objects, end
 * namespaces and look after service accounts.
 */
public final class ControlPlane implements AutoCloseable {

    private static final String CONTROLLERS =
            "namespace-controller,garbage-collector-controller,serviceaccount-controller,root-ca-certificate-publisher-controller";
    private static final long A_DAY = 24 * 60 * 60;

    private final Scratch scratch;
    private final Path folder;
    private final int etcdPort;
    private final int etcdPeerPort;
    private final int port;
    private final String adminToken = UUID.randomUUID().toString();
    private final CertificateAuthority authority =
            new CertificateAuthority("CN=Kubernetes of the world, O=pxc", Clock.systemUTC());
    private final List<Server> servers = new ArrayList<>();
    private KubernetesClient admin;

    private ControlPlane(Scratch scratch) {
        this.scratch = scratch;
        this.folder = scratch.folder("control-plane");
        var ports = Ports.free(3);
        this.etcdPort = ports.get(0);
        this.etcdPeerPort = ports.get(1);
        this.port = ports.get(2);
    }

    public static ControlPlane start(Scratch scratch) {
        var controlPlane = new ControlPlane(scratch);
        controlPlane.configure();
        controlPlane.start();
        return controlPlane;
    }

    /** Starts it again on the same data and port. */
    public void start() {
        startEtcd();
        startApiServer();
        startControllers();
    }

    /** Ends everything of it; the data stay. */
    public void stop() {
        for (var server : servers.reversed()) {
            server.stop();
        }
        servers.clear();
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** A client that may do anything. */
    public synchronized KubernetesClient admin() {
        if (admin == null) {
            admin = client(adminToken);
        }
        return admin;
    }

    /** For {@code KUBECONFIG}: may do anything. */
    public Path adminKubeconfig() {
        return kubeconfig("admin", "default", adminToken);
    }

    /** For {@code KUBECONFIG}: may do what that ServiceAccount may, for a day; its namespace is the default one. */
    public Path kubeconfigFor(String namespace, String serviceAccount) {
        return kubeconfig(namespace + "-" + serviceAccount, namespace, tokenOf(namespace, serviceAccount));
    }

    /** A client that may do what that ServiceAccount may. */
    public KubernetesClient clientFor(String namespace, String serviceAccount) {
        return client(tokenOf(namespace, serviceAccount));
    }

    /** What a command printed, both streams together, and how it ended. */
    public record Output(int exitCode, String text) {}

    /** Runs kubectl as admin. */
    public Output kubectl(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Programs.find("kubectl").toString());
        command.add("--kubeconfig=" + adminKubeconfig());
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    /** Applies a file or folder as admin. */
    public void apply(Path manifests) {
        var output = kubectl("apply", "--server-side", "-f", manifests.toString());
        if (output.exitCode() != 0) {
            throw new IllegalStateException(manifests + " was not accepted:\n" + output.text());
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
        }
        stop();
    }

    private void configure() {
        scratch.write("control-plane/tokens.csv", adminToken + ",admin,admin,\"system:masters\"\n");
        var identity = authority.issue("localhost");
        scratch.write("control-plane/server.pem", identity.certificatePem());
        scratch.write("control-plane/server.key", identity.keyPem());
        scratch.write("control-plane/ca.pem", authority.pem());
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            scratch.write("control-plane/sa.key", pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
            scratch.write("control-plane/sa.pub", pem(keys.getPublic()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("No key for service accounts could be made", e);
        }
    }

    private void startEtcd() {
        var client = "http://127.0.0.1:" + etcdPort;
        servers.add(run(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=http://127.0.0.1:" + etcdPeerPort,
                "--log-level=error"));
    }

    private void startApiServer() {
        var server = run(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--tls-cert-file=" + folder.resolve("server.pem"),
                "--tls-private-key-file=" + folder.resolve("server.key"),
                "--cert-dir=" + folder.resolve("certs"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged=true",
                "--disable-admission-plugins=ServiceAccount",
                "--v=0");
        servers.add(server);
        server.await(() -> "ok".equals(admin().raw("/readyz")));
    }

    private void startControllers() {
        servers.add(run(
                "kube-controller-manager",
                "--kubeconfig=" + adminKubeconfig(),
                "--root-ca-file=" + folder.resolve("ca.pem"),
                "--service-account-private-key-file=" + folder.resolve("sa.key"),
                "--use-service-account-credentials",
                "--leader-elect=false",
                "--secure-port=0",
                "--controllers=" + CONTROLLERS,
                "--v=0"));
    }

    private Server run(String program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Programs.find(program).toString());
        command.addAll(List.of(arguments));
        return scratch.start(program, command, Map.of());
    }

    private String tokenOf(String namespace, String serviceAccount) {
        return admin().serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(A_DAY)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private KubernetesClient client(String token) {
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withOauthToken(token)
                .withCaCertData(authority.pem())
                .withNamespace("default")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Path kubeconfig(String user, String namespace, String token) {
        return scratch.write("control-plane/" + user + ".kubeconfig", """
                apiVersion: v1
                kind: Config
                current-context: world
                clusters: [{name: world, cluster: {server: "%s", certificate-authority: "%s"}}]
                contexts: [{name: world, context: {cluster: world, user: "%s", namespace: "%s"}}]
                users: [{name: "%s", user: {token: "%s"}}]
                """.formatted(
                        url(), folder.resolve("ca.pem"), user, namespace, user, token));
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
