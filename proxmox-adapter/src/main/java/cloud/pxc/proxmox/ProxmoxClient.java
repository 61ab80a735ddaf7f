package cloud.pxc.proxmox;

import java.time.Clock;
import java.util.Set;

/** One Proxmox cluster. Safe for use by many threads; every call blocks until it is answered. */
public final class ProxmoxClient implements AutoCloseable {

    private final Api api;
    private final Guests guests;
    private final Snapshots snapshots;
    private final Storages storages;
    private final Pools pools;
    private final Tasks tasks;
    private final HighAvailability highAvailability;

    private ProxmoxClient(Api api) {
        this.api = api;
        this.guests = new Guests(api);
        this.snapshots = new Snapshots(api);
        this.storages = new Storages(api);
        this.pools = new Pools(api);
        this.tasks = new Tasks(api);
        this.highAvailability = new HighAvailability(api);
    }

    /**
     * Connects to nobody yet.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with endpoints, token or trust
     */
    public static ProxmoxClient of(Connection connection) {
        return of(connection, Clock.systemUTC(), CallListener.NONE);
    }

    /**
     * @param clock by which endpoints that were not reached are avoided for a while
     * @param listener is told of each call
     */
    public static ProxmoxClient of(Connection connection, Clock clock, CallListener listener) {
        return new ProxmoxClient(Api.of(connection, clock, listener));
    }

    /** {@code GET /version}; every token may ask this. */
    public Version version() {
        return Answers.version(api.get(ApiCall.get("/version")));
    }

    /**
     * {@code GET /cluster/status}; needs Sys.Audit on /. A node in the smaller part of a split cluster says that there is no
     * quorum; then another is asked, and preferred from there on.
     */
    public ClusterState clusterState() {
        return Answers.clusterState(api.get(ApiCall.get("/cluster/status"), data -> Answers.clusterState(data)
                .quorate()));
    }

    /** {@code GET /cluster/resources}: one call for everything. What the token may not see is left out without a word. */
    public Inventory inventory() {
        return Resources.read(api.get(ApiCall.get("/cluster/resources")));
    }

    /** {@code GET /access/permissions} of this token. */
    public Permissions permissions() {
        return Answers.permissions(api.get(ApiCall.get("/access/permissions")));
    }

    /**
     * {@code GET /nodes/{node}/network}: names of the bridges and VNets that guests on that node can be attached to. One that the
     * token has neither SDN.Use nor SDN.Audit on is left out without a word.
     */
    public Set<String> bridges(String node) {
        return Answers.interfaceNames(
                api.get(ApiCall.get("/nodes/{}/network", node).with("type", "any_bridge")));
    }

    public Guests guests() {
        return guests;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Storages storages() {
        return storages;
    }

    public Pools pools() {
        return pools;
    }

    public Tasks tasks() {
        return tasks;
    }

    public HighAvailability highAvailability() {
        return highAvailability;
    }

    /** Ends all connections. Calls under way fail. */
    @Override
    public void close() {
        api.close();
    }
}
