package cloud.pxc.operator;

import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.Qcow2;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A simulated Proxmox VE of a test's own, with a namespace beside it: as its objects tell of it, and as it is. */
public final class TestCluster implements AutoCloseable {

    public static final Duration SOON = Duration.ofSeconds(60);
    public static final String TOKEN = "pxc@pve!operator";
    /** What the image's disk is seen as. */
    public static final long IMAGE_BYTES = 1L << 30;

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final byte[] IMAGE = Qcow2.empty(IMAGE_BYTES);
    private static final HttpServer IMAGES = serveImage();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final KubernetesClient kubernetes;
    private final String name = TestZone.random("p");
    private final SimulatedProxmox proxmox;
    private ProxmoxClient root;
    private final Map<String, String> spec = new LinkedHashMap<>();
    private final List<SharedIndexInformer<Machine>> watches = new ArrayList<>();

    /** With three nodes, fifty times as fast as reality. */
    public TestCluster(World world) {
        this(world, builder -> builder);
    }

    public TestCluster(World world, UnaryOperator<SimulatedProxmox.Builder> more) {
        kubernetes = world.controlPlane().admin();
        proxmox = more.apply(SimulatedProxmox.builder().timeScale(0.02)).start();
        namespace(name);
        namespace(OperatorWorld.NAMESPACE);
        secret(name + "-ca", Map.of("ca.crt", proxmox.caPem()));
        token(proxmox.createToken(TOKEN, SimulatedProxmox.allPrivileges()));
        spec.put("domain", name + ".test");
        spec.put(
                "endpoints",
                proxmox.endpoints().stream()
                        .map(endpoint -> "\"" + endpoint + "\"")
                        .toList()
                        .toString());
        spec.put("credentialsRef", "{namespace: pxc-system, name: " + name + "-token}");
        spec.put("tls", "{caRef: {namespace: pxc-system, name: " + name + "-ca}}");
        spec.put("vmids", "{from: 10000, to: 10099}");
        spec.put("storage", "{machines: local-lvm, images: local}");
        spec.put(
                "networks",
                "[{name: lan, bridge: vmbr0, nameservers: [10.20.0.53], ipv4: {subnet: " + subnet() + ", gateway: "
                        + address(1) + ", pools: [" + address(10) + "-" + address(99) + "]}}]");
        spec.put("images", "[" + image(imageChecksum()) + ", " + template() + "]");
    }

    /** Of the cluster object, and of the namespace. */
    public String name() {
        return name;
    }

    public String domain() {
        return name + ".test";
    }

    /** Of the network {@code lan}: no other cluster has it, since an address is leased once in the whole ledger. */
    public String subnet() {
        return address(0) + "/24";
    }

    public String address(int host) {
        return "10.%d.%d.%d".formatted(100 + number / 256, number % 256, host);
    }

    /** As pools of the ledger are named by it. */
    public String target() {
        return name + "." + domain();
    }

    public SimulatedProxmox proxmox() {
        return proxmox;
    }

    /** @param value of that field of the spec, as YAML on one line */
    public TestCluster with(String field, String value) {
        spec.put(field, value);
        return this;
    }

    public TestCluster apply() {
        var fields = spec.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
        apply("""
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: %s}
                spec:
                """.formatted(name) + fields.indent(2));
        return this;
    }

    public TestCluster ready() {
        apply();
        awaitReady();
        return this;
    }

    public void awaitReady() {
        eventually(() -> isReady(object(), object().getStatus() == null ? null : conditions(object())));
    }

    /** The message of the condition Ready, once it is not and this is why. */
    public String awaitReason(String reason) {
        return awaitReason(() -> conditions(object()), reason);
    }

    public ProxmoxCluster object() {
        return kubernetes.resources(ProxmoxCluster.class).withName(name).get();
    }

    public void delete() {
        kubernetes.resources(ProxmoxCluster.class).withName(name).delete();
    }

    /** As somebody does who is impatient: the object goes without the operator. */
    public void removeFinalizers() {
        kubernetes
                .resource(object())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        awaitGone();
    }

    public void awaitGone() {
        eventually(() -> object() == null);
    }

    /** Of virtual machines: an empty disk of 1 GiB. */
    public static String image(String checksum) {
        return "{name: debian-12, type: vm, url: \"" + imageUrl() + "\", checksum: \"" + checksum + "\"}";
    }

    public static String template() {
        return "{name: debian-12-ct, type: container, template: debian-12-standard}";
    }

    public static String imageChecksum() {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(IMAGE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** As the operator has them fetched, where there is none: {@code debian-12.qcow2} and the template. */
    public void fetchImages(String node) {
        var storages = asRoot().storages();
        awaitTask(
                storages.download(node, "local", ContentType.IMPORT, "debian-12.qcow2", imageUrl(), Optional.empty()));
        awaitTask(storages.downloadTemplate(node, "local", "debian-12-standard_12.12-1_amd64.tar.zst"));
    }

    private static URI imageUrl() {
        return URI.create("http://127.0.0.1:" + IMAGES.getAddress().getPort() + "/debian-12.qcow2");
    }

    public void token(SimulatedProxmox.Token token) {
        secret(name + "-token", Map.of("tokenId", token.id(), "tokenSecret", token.secret()));
    }

    /** @param sets machine sets, each as YAML on one line */
    public TestCluster stack(String stack, String... sets) {
        return stackWith(stack, "", sets);
    }

    /** @param more fields of the spec, each line as YAML */
    public TestCluster stackWith(String stack, String more, String... sets) {
        apply("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {name: %s, namespace: %s}
                spec:
                  clusterRef: {name: %s}
                  machineSets: [%s]
                """.formatted(stack, name, name, String.join(", ", sets)) + more.indent(2));
        return this;
    }

    /** Hands on each version of each stack, until it is closed. */
    public AutoCloseable watchStacks(Consumer<Stack> seen) {
        return kubernetes.resources(Stack.class).inNamespace(name).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Stack stack) {
                seen.accept(stack);
            }

            @Override
            public void onUpdate(Stack before, Stack after) {
                seen.accept(after);
            }

            @Override
            public void onDelete(Stack stack, boolean unknown) {
                // It tells nothing any more.
            }
        });
    }

    public Stack stack(String stack) {
        return kubernetes
                .resources(Stack.class)
                .inNamespace(name)
                .withName(stack)
                .get();
    }

    public void deleteStack(String stack) {
        kubernetes.resources(Stack.class).inNamespace(name).withName(stack).delete();
    }

    public void awaitStackReady(String stack) {
        eventually(() -> stack(stack).getStatus() != null
                && isReady(stack(stack), stack(stack).getStatus().conditions()));
    }

    public String awaitStackReason(String stack, String reason) {
        return awaitReason(
                () -> stack(stack).getStatus() == null
                        ? List.of()
                        : stack(stack).getStatus().conditions(),
                reason);
    }

    public void awaitStackGone(String stack) {
        eventually(() -> stack(stack) == null);
    }

    public List<Machine> machines() {
        return kubernetes.resources(Machine.class).inNamespace(name).list().getItems();
    }

    public Machine machine(String machine) {
        return kubernetes
                .resources(Machine.class)
                .inNamespace(name)
                .withName(machine)
                .get();
    }

    public MachineStatus status(String machine) {
        return machine(machine).getStatus();
    }

    /** Tells of each change of a machine, from now on. */
    public void watchMachines(ResourceEventHandler<Machine> handler) {
        watches.add(kubernetes.resources(Machine.class).inNamespace(name).inform(handler));
    }

    /** The messages of the events with that reason. */
    public List<String> events(String reason) {
        return kubernetes.v1().events().inNamespace(name).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }

    public void deleteMachine(String machine) {
        kubernetes.resources(Machine.class).inNamespace(name).withName(machine).delete();
    }

    public void awaitMachineReady(String machine) {
        eventually(() -> machine(machine) != null
                && status(machine) != null
                && isReady(machine(machine), status(machine).conditions()));
    }

    public String awaitMachineReason(String machine, String reason) {
        return awaitReason(
                () -> machine(machine) == null || status(machine) == null
                        ? List.of()
                        : status(machine).conditions(),
                reason);
    }

    public void awaitMachineGone(String machine) {
        eventually(() -> machine(machine) == null);
    }

    public void annotate(HasMetadata object, String annotation, String value) {
        kubernetes
                .resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + annotation + "\": \"" + value + "\"}}}");
    }

    /** The guest of a machine as Proxmox has it. */
    public Optional<GuestView> guest(String machine) {
        var vmid = status(machine).vmid();
        return proxmox.guests().stream().filter(guest -> guest.vmid() == vmid).findFirst();
    }

    /** Volumes that are no images: disks of guests and ISOs. */
    public List<String> volumesOfGuests() {
        return proxmox.volumes().stream()
                .filter(volume ->
                        !volume.content().equals("import") && !volume.content().equals("vztmpl"))
                .map(volume -> volume.node() + " " + volume.volid())
                .toList();
    }

    public void apply(String yaml) {
        kubernetes.resource(yaml).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** With the token that the cluster's Secret has. */
    public Connection connection() {
        var data = kubernetes
                .secrets()
                .inNamespace(OperatorWorld.NAMESPACE)
                .withName(name + "-token")
                .get()
                .getData();
        return new Connection(
                proxmox.endpoints(),
                new ApiToken(decoded(data.get("tokenId")), decoded(data.get("tokenSecret"))),
                new Trust.Authorities(proxmox.caPem()));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** As a person works on Proxmox past the operator: may do everything. */
    public ProxmoxClient asRoot() {
        if (root == null) {
            var token = proxmox.createFullToken("root@pam!test");
            root = ProxmoxClient.of(new Connection(
                    proxmox.endpoints(),
                    new ApiToken(token.id(), token.secret()),
                    new Trust.Authorities(proxmox.caPem())));
        }
        return root;
    }

    public void awaitTask(Upid task) {
        eventually(() -> !asRoot().tasks().state(task).running());
        if (!asRoot().tasks().state(task).succeeded()) {
            throw asRoot().tasks().failure(task);
        }
    }

    /** Stopped and destroyed past the operator, which may be quick enough to start it again in between. */
    public void destroyByHand(GuestId guest) {
        eventually(() -> {
            try {
                awaitTask(asRoot().guests().stop(guest));
                awaitTask(asRoot().guests().destroy(guest));
                return true;
            } catch (ProxmoxException.Refused | ProxmoxException.Locked e) {
                return false;
            }
        });
    }

    /** A virtual machine that has nothing to do with the operator. */
    public GuestId foreignVm(String node, int vmid) {
        awaitTask(asRoot().guests()
                .createVm(node, new Vmid(vmid), Map.of("name", "theirs", "scsi0", "local-lvm:1", "memory", "256")));
        return new GuestId(GuestType.QEMU, node, new Vmid(vmid));
    }

    /** The guest of a machine as a person names it to Proxmox. */
    public GuestId id(String machine) {
        var guest = guest(machine).orElseThrow();
        var type = guest.type().equals("lxc") ? GuestType.LXC : GuestType.QEMU;
        return new GuestId(type, guest.node(), new Vmid(guest.vmid()));
    }

    /** Has the operator let go of everything here, for Proxmox is gone with the test. */
    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::close);
        for (var type : List.of(Stack.class, Machine.class, MachineSnapshot.class)) {
            kubernetes.resources(type).inNamespace(name).list().getItems().forEach(this::abandon);
        }
        Optional.ofNullable(object()).ifPresent(this::abandon);
        if (root != null) {
            root.close();
        }
        proxmox.close();
    }

    private void abandon(HasMetadata object) {
        try {
            annotate(object, Steering.FORCE_DELETE, "true");
            kubernetes.resource(object).delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static List<Condition> conditions(ProxmoxCluster cluster) {
        return cluster.getStatus() == null ? List.of() : cluster.getStatus().conditions();
    }

    private static boolean isReady(HasMetadata object, List<Condition> conditions) {
        return Conditions.find(conditions, Conditions.READY)
                .filter(ready -> ready.getStatus().equals("True"))
                .filter(ready -> ready.getObservedGeneration()
                        .equals(object.getMetadata().getGeneration()))
                .isPresent();
    }

    /** The message of Ready, once it has that reason. */
    public static String awaitReason(java.util.function.Supplier<List<Condition>> conditions, String reason) {
        return await().atMost(SOON)
                .pollInterval(OFTEN)
                .until(
                        () -> Conditions.find(conditions.get(), Conditions.READY)
                                .filter(ready -> ready.getReason().equals(reason))
                                .map(Condition::getMessage),
                        Optional::isPresent)
                .orElseThrow();
    }

    public static void eventually(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(SOON).pollInterval(OFTEN).until(condition);
    }

    private void namespace(String namespace) {
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void secret(String secret, Map<String, String> data) {
        kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorWorld.NAMESPACE)
                        .withName(secret)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    /** For all clusters of this JVM, until it ends. */
    private static HttpServer serveImage() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/debian-12.qcow2", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, IMAGE.length);
                    exchange.getResponseBody().write(IMAGE);
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No image can be served on 127.0.0.1", e);
        }
    }
}
