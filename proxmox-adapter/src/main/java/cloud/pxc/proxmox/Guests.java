package cloud.pxc.proxmox;

import cloud.pxc.proxmox.ProxmoxException.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Virtual machines and containers.
 *
 * <p>A {@link Upid} means only that a task was started: a start of what runs already, or a lock, shows in the task's end. Other
 * refusals come at once. {@link Tasks#failure} makes the same kinds of exception of the former as are thrown for the latter.
 */
public final class Guests {

    private static final String GUEST = "/nodes/{}/{}/{}";
    /** Keys of OpenSSH, a line each; the API wants the value of this one setting percent-encoded (format "urlencoded"). */
    private static final String SSH_KEYS = "sshkeys";

    private final Api api;

    Guests(Api api) {
        this.api = api;
    }

    /**
     * {@code POST /nodes/{node}/qemu}.
     *
     * @param settings as in the configuration: {@code name}, {@code cores}, {@code scsi0}, …; {@code sshkeys} in plain lines
     * @throws ProxmoxException.AlreadyExists when the VMID is taken; it may be by an earlier call
     */
    public Upid createVm(String node, Vmid vmid, Map<String, String> settings) {
        return create(ApiCall.post("/nodes/{}/qemu", node), GuestType.QEMU, vmid, settings);
    }

    /**
     * {@code POST /nodes/{node}/lxc}.
     *
     * @param settings {@code ostemplate}, {@code hostname}, {@code rootfs}, …; {@code ssh-public-keys} in plain lines
     * @throws ProxmoxException.AlreadyExists when the VMID is taken; it may be by an earlier call
     */
    public Upid createContainer(String node, Vmid vmid, Map<String, String> settings) {
        return create(ApiCall.post("/nodes/{}/lxc", node), GuestType.LXC, vmid, settings);
    }

    /**
     * {@code POST …/clone}: from a template, or of a guest as it is. Needs VM.Clone on it. The clone is there from the first moment,
     * locked and without name or tags until the task ends; its tags and settings are those of the original, MACs are new.
     *
     * @param clone its VMID
     * @param settings of the clone: {@code name} ({@code hostname} of a container), {@code full}, {@code storage}, {@code target}
     * @throws ProxmoxException.AlreadyExists when the VMID is taken; it may be by an earlier call
     */
    public Upid clone(GuestId original, Vmid clone, Map<String, String> settings) {
        return api.start(ApiCall.post(GUEST + "/clone", segments(original))
                .with("newid", clone.toString())
                .with(settings));
    }

    /** {@code GET …/config}. */
    public GuestConfig config(GuestId id) {
        var config = Answers.config(api.get(ApiCall.get(GUEST + "/config", segments(id))));
        var settings = new TreeMap<>(config.settings());
        settings.computeIfPresent(SSH_KEYS, (key, encoded) -> Encoding.percentDecode(encoded));
        return new GuestConfig(settings, config.digest());
    }

    /** {@code GET …/pending}: settings that wait for the guest's next start, be it to be set or to be unset. */
    public Set<String> pending(GuestId id) {
        return Answers.pending(api.get(ApiCall.get(GUEST + "/pending", segments(id))));
    }

    /** {@code GET …/status/current}: not what was broadcast last, but what is. */
    public GuestState state(GuestId id) {
        return Answers.guestState(api.get(ApiCall.get(GUEST + "/status/current", segments(id))));
    }

    /**
     * {@code PUT …/config}: done when this returns. What a running guest can't take at once stays pending until it is restarted.
     *
     * @param delete settings to be unset; a deleted disk stays as {@code unusedN}
     * @param digest of the configuration that this change is based on
     * @throws ProxmoxException.Changed when the digest is not that of the configuration any more
     */
    public void configure(GuestId id, Map<String, String> settings, Set<String> delete, Optional<String> digest) {
        var set = ApiCall.put(GUEST + "/config", segments(id)).with(encoded(id.type(), settings));
        var change = delete.isEmpty()
                ? set
                : set.with("delete", String.join(",", delete.stream().sorted().toList()));
        api.change(digest.map(known -> change.with("digest", known)).orElse(change));
    }

    /**
     * {@code PUT …/resize}.
     *
     * @param disk such as {@code scsi0}, {@code rootfs}
     * @param bytes the size it is to have; disks can't shrink
     * @return the task; empty where this version of Proxmox VE does it at once
     */
    public Optional<Upid> resize(GuestId id, String disk, long bytes) {
        return Answers.task(api.change(
                ApiCall.put(GUEST + "/resize", segments(id)).with("disk", disk).with("size", Long.toString(bytes))));
    }

    /** {@code POST …/status/start}. */
    public Upid start(GuestId id) {
        return api.start(ApiCall.post(GUEST + "/status/start", segments(id)));
    }

    /** {@code POST …/status/stop}: as if its power were cut. */
    public Upid stop(GuestId id) {
        return api.start(ApiCall.post(GUEST + "/status/stop", segments(id)));
    }

    /**
     * {@code POST …/status/shutdown}: asks the guest to.
     *
     * @param timeout in whole seconds, after which the task fails
     * @param forceStop stop it after the timeout instead of failing
     */
    public Upid shutdown(GuestId id, Duration timeout, boolean forceStop) {
        return api.start(ApiCall.post(GUEST + "/status/shutdown", segments(id))
                .with("timeout", Long.toString(timeout.toSeconds()))
                .with("forceStop", forceStop ? "1" : "0"));
    }

    /**
     * {@code POST …/migrate} to another node of the cluster, with its disks where they are local. A virtual machine goes on running
     * meanwhile; a running container is shut down and started again on the other node. Needs VM.Migrate. A virtual machine with an
     * ISO of a local storage in a drive can't: its task ends with {@code migration aborted}.
     *
     * @param target name of an online node that is not the guest's own
     * @throws ProxmoxException.NotFound when there is no such node
     * @throws ProxmoxException.Locked when something else works on a virtual machine; of a container, its task tells
     */
    public Upid migrate(GuestId id, String target) {
        var call = ApiCall.post(GUEST + "/migrate", segments(id)).with("target", target);
        return api.start(
                switch (id.type()) {
                    case QEMU -> call.with("online", "1").with("with-local-disks", "1");
                    case LXC -> call.with("restart", "1");
                });
    }

    /**
     * {@code GET …/migrate} of a virtual machine: devices of its node that it uses, such as {@code usb0}, which keep it there.
     *
     * @return nothing for a container, of which Proxmox VE does not tell
     */
    public List<String> localDevices(GuestId id) {
        return id.type() == GuestType.LXC
                ? List.of()
                : Answers.localResources(api.get(ApiCall.get(GUEST + "/migrate", segments(id))));
    }

    /** {@code DELETE} of a stopped guest with all its disks, out of backup jobs, replication and HA too. */
    public Upid destroy(GuestId id) {
        return api.start(
                ApiCall.delete(GUEST, segments(id)).with("purge", "1").with("destroy-unreferenced-disks", "1"));
    }

    /**
     * What the guest itself says of its interfaces: the guest agent of a virtual machine, the network namespace of a container.
     *
     * @return empty when nobody answers there: not running, no agent, not yet
     */
    public Optional<List<GuestInterface>> interfaces(GuestId id) {
        var path = GUEST + (id.type() == GuestType.QEMU ? "/agent/network-get-interfaces" : "/interfaces");
        try {
            return Answers.interfaces(api.get(ApiCall.get(path, segments(id))));
        } catch (Refused e) {
            if (e.reason() == Refused.Reason.NO_AGENT || e.reason() == Refused.Reason.NOT_RUNNING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Upid create(ApiCall call, GuestType type, Vmid vmid, Map<String, String> settings) {
        return api.start(call.with("vmid", vmid.toString()).with(encoded(type, settings)));
    }

    private static Map<String, String> encoded(GuestType type, Map<String, String> settings) {
        if (type != GuestType.QEMU || !settings.containsKey(SSH_KEYS)) {
            return settings;
        }
        var encoded = new TreeMap<>(settings);
        encoded.computeIfPresent(SSH_KEYS, (key, plain) -> Encoding.percentEncode(plain));
        return encoded;
    }

    private static Object[] segments(GuestId id) {
        return new Object[] {id.node(), id.type().word(), id.vmid()};
    }
}
