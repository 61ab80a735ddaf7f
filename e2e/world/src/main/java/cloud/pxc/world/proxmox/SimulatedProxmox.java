package cloud.pxc.world.proxmox;

import cloud.pxc.world.CertificateAuthority;
import cloud.pxc.world.Scratch;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A Proxmox VE cluster that runs in this JVM: one HTTPS endpoint per node on 127.0.0.1, all of them over the same
 * state.
 *
 * <pre>{@code
 * try (var proxmox = SimulatedProxmox.builder().start()) {
 *     var token = proxmox.createToken("pxc@pve!operator", SimulatedProxmox.allPrivileges());
 *     client = connect(proxmox.endpoints(), proxmox.caPem(), token.id(), token.secret());
 * }
 * }</pre>
 */
public final class SimulatedProxmox implements AutoCloseable {
    private final Scratch scratch = Scratch.create();
    private final CertificateAuthority authority;
    private final Cluster cluster;
    private final Access access;
    private final Tasks tasks;
    private final Faults faults;
    private final RequestLog requests = new RequestLog();
    private final HttpFront front;
    private final Guests guests;
    private final Boots boots;
    private final Storages storages;
    private final Random random;

    private SimulatedProxmox(Builder builder) {
        random = new Random(builder.seed);
        var time = new ScaledTime(builder.timeScale, builder.clock);
        authority = new CertificateAuthority(
                "CN=Proxmox Virtual Environment, OU=simulated, O=PVE Cluster Manager CA", builder.clock);
        var identities = new LinkedHashMap<String, CertificateAuthority.Identity>();
        var nodes = new ArrayList<Node>();
        for (var spec : builder.nodes) {
            var identity = authority.issue(spec.name());
            identities.put(spec.name(), identity);
            nodes.add(new Node(spec, nodes.size() + 1, identity.fingerprint(), builder.clock.instant()));
        }
        cluster = new Cluster(builder.name, time, random, nodes);
        access = new Access(
                vmid -> vmid.matches("\\d{1,9}") ? cluster.pools().of(Integer.parseInt(vmid)) : Optional.empty());
        tasks = new Tasks(time, builder.durations, builder.copiesAtOnce);
        storages = new Storages(builder.storages, time);
        boots = new Boots(storages, builder.guests, time);
        guests = builder.guests;
        guests.whenEnded(vmid -> cluster.findGuest(vmid).ifPresent(Guest::stopped));
        faults = new Faults(random, new PowerSwitch(cluster, tasks, boots, this::front));
        var api = new Api(Platform.of(cluster, access, tasks, storages), boots, builder, scratch.folder());
        front = new HttpFront(identities, scratch.folder(), api.gateway(faults, requests)::answer);
        nodes.forEach(node -> front.listen(node.name(), builder.port == 0 ? 0 : builder.port + node.id() - 1));
    }

    /**
     * Three nodes with 8 cores and 32 GiB, {@code local} and {@code local-lvm} on each, ten times as fast as reality.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** One per node, in the order of the nodes: {@code https://127.0.0.1:port}. */
    public List<URI> endpoints() {
        return cluster.nodes().stream().map(node -> front.endpoint(node.name())).toList();
    }

    /** The CA that every node's certificate is of. */
    public String caPem() {
        return authority.pem();
    }

    /** SHA-256 of the first node's certificate, as {@code AA:BB:…}. */
    public String fingerprint() {
        return fingerprints().getFirst();
    }

    /** SHA-256 of each node's certificate, in the order of {@link #endpoints()}. */
    public List<String> fingerprints() {
        return cluster.nodes().stream().map(Node::fingerprint).toList();
    }

    /** An API token and its secret. */
    public record Token(String id, String secret) {
        @Override
        public String toString() {
            return "Token[" + id + "]";
        }
    }

    /**
     * Makes a token with privilege separation and grants it, and its user, these privileges on {@code /}.
     * Made again, it has a new secret.
     *
     * @param id {@code user@realm!name}
     * @param privileges such as {@code VM.Audit}; with none it may call only what every user may
     */
    public Token createToken(String id, String... privileges) {
        var token = putToken(id, true);
        if (privileges.length > 0) {
            grant(id, "/", privileges);
            grant(new Principal(id).user(), "/", privileges);
        }
        return token;
    }

    /** Makes a token without privilege separation: it may do what its user may, all if that is {@code root@pam}. */
    public Token createFullToken(String id) {
        return putToken(id, false);
    }

    /** From now on calls with this token are answered 401. */
    public void revokeToken(String id) {
        access.removeToken(id);
    }

    /**
     * Sets what a user or token may do at a path and below; replaces what it was granted at that very path.
     *
     * @param subject {@code user@realm} or {@code user@realm!token}
     * @param path such as {@code /vms/100}, {@code /storage/local}, {@code /pool/p1}
     */
    public void grant(String subject, String path, String... privileges) {
        access.grant(subject, path, List.of(privileges));
    }

    /** A resource pool, as somebody makes it by hand. */
    public void createPool(String name) {
        cluster.pools().create(name, "");
    }

    /** The resource pool that a guest is in. */
    public Optional<String> poolOf(int vmid) {
        return cluster.pools().of(vmid);
    }

    /** Every privilege there is. */
    public static String[] allPrivileges() {
        return Privileges.ALL.toArray(String[]::new);
    }

    public Faults faults() {
        return faults;
    }

    /** Which calls were made how often. */
    public RequestLog requests() {
        return requests;
    }

    /** Every guest there is now, by VMID. */
    public List<GuestView> guests() {
        return cluster.guests().stream().map(SimulatedProxmox::view).toList();
    }

    /** Every task there was, newest first. */
    public List<TaskView> tasks() {
        return tasks.all().stream().map(Task::view).toList();
    }

    /** As after a migration that has come to its end, without its task: the guest is on that node, with its disks where they are shared. */
    public void move(int vmid, String node) {
        cluster.node(node);
        cluster.findGuest(vmid)
                .orElseThrow(() -> new IllegalArgumentException("There is no guest " + vmid + " to move"))
                .moveTo(node);
    }

    /** Every volume there is now: disks of guests, and what was uploaded or downloaded. */
    public List<VolumeView> volumes() {
        return cluster.nodes().stream()
                .flatMap(node -> storages.specs().stream()
                        .filter(spec -> spec.enabledOn(node.name()))
                        .flatMap(spec -> storages.list(spec, node.name()).stream())
                        .map(volume ->
                                new VolumeView(node.name(), volume.volid(), volume.content(), volume.sizeBytes())))
                .toList();
    }

    /** Stops listening, ends running tasks and guests, and deletes everything that was uploaded. */
    @Override
    public void close() {
        try (scratch;
                guests) {
            tasks.close();
            front.close();
        }
    }

    private HttpFront front() {
        return front;
    }

    private Token putToken(String id, boolean separated) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        var hex = HexFormat.of().formatHex(bytes);
        var secret = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        access.putToken(id, secret, separated);
        return new Token(id, secret);
    }

    private static GuestView view(Guest guest) {
        var tags =
                guest.setting("tags").map(text -> List.of(Formats.split(text))).orElse(List.of());
        return new GuestView(
                guest.vmid(),
                guest.kind().type(),
                guest.node(),
                guest.name(),
                tags,
                guest.running() ? "running" : "stopped",
                guest.config());
    }

    /** What the cluster is made of. */
    public static final class Builder {
        private static final long GIBIBYTE = 1L << 30;

        private String name = "simulated";
        private List<NodeSpec> nodes = List.of(
                new NodeSpec("pve1", 8, 32 * GIBIBYTE),
                new NodeSpec("pve2", 8, 32 * GIBIBYTE),
                new NodeSpec("pve3", 8, 32 * GIBIBYTE));
        private List<StorageSpec> storages =
                List.of(StorageSpec.local(200 * GIBIBYTE), StorageSpec.localLvm(500 * GIBIBYTE));
        private Set<String> bridges = Set.of("vmbr0");
        private ProxmoxVersion version = ProxmoxVersion.RECORDED;
        private int port = 0;
        private double timeScale = 0.1;
        private int copiesAtOnce = Integer.MAX_VALUE;
        private long seed = 1;
        private Clock clock = Clock.systemUTC();
        private List<ContainerTemplate> templates = List.of(
                ContainerTemplate.simulated(
                        "debian-12-standard_12.12-1_amd64.tar.zst", "debian-12", "Debian 12 Bookworm (standard)"),
                ContainerTemplate.simulated(
                        "ubuntu-24.04-standard_24.04-2_amd64.tar.zst",
                        "ubuntu-24.04",
                        "Ubuntu 24.04 Noble (standard)"));
        private Guests guests = new ConfiguredGuests();
        private final Map<String, Duration> durations = new LinkedHashMap<>(TaskDurations.USUAL);

        private Builder() {}

        public Builder name(String clusterName) {
            name = clusterName;
            return this;
        }

        public Builder nodes(NodeSpec... specs) {
            nodes = List.of(specs);
            return this;
        }

        public Builder storages(StorageSpec... specs) {
            storages = List.of(specs);
            return this;
        }

        /** Bridges that every node has; {@code vmbr0} unless said. */
        public Builder bridges(String... names) {
            bridges = new LinkedHashSet<>(Arrays.asList(names));
            return this;
        }

        /** @param first port of the first node, the others follow; 0, which it is unless said: any free ports */
        public Builder port(int first) {
            port = first;
            return this;
        }

        /** @param proxmoxVersion such as {@code 9.2.11} */
        public Builder version(String proxmoxVersion) {
            version = ProxmoxVersion.of(proxmoxVersion);
            return this;
        }

        /**
         * @param realPerSimulated real seconds per simulated second; 1 is as slow as reality, 0 takes no time; 0.1
         * unless said
         */
        public Builder timeScale(double realPerSimulated) {
            timeScale = realPerSimulated;
            return this;
        }

        /** @param number of disks that a node fills at the same time; further creations and clones wait; without bound unless said */
        public Builder copiesAtOnce(int number) {
            copiesAtOnce = number;
            return this;
        }

        /** Where all randomness (MAC addresses, secrets, faults by chance) comes from. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** @param taskType such as {@code qmclone}; @param simulated how long such a task takes in reality */
        public Builder taskDuration(String taskType, Duration simulated) {
            durations.put(taskType, simulated);
            return this;
        }

        /** What {@code aplinfo} offers. */
        public Builder containerTemplates(ContainerTemplate... offered) {
            templates = List.of(offered);
            return this;
        }

        /** What runs as the guests; unless said nothing does, and they have the addresses they were configured with. */
        public Builder guests(Guests value) {
            guests = value;
            return this;
        }

        /** Starts listening on 127.0.0.1. */
        public SimulatedProxmox start() {
            return new SimulatedProxmox(this);
        }

        Set<String> bridges() {
            return bridges;
        }

        ProxmoxVersion version() {
            return version;
        }

        List<ContainerTemplate> templates() {
            return templates;
        }
    }
}
