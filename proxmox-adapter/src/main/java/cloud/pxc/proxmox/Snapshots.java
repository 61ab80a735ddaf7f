package cloud.pxc.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots of virtual machines and containers. Needs VM.Snapshot on the guest, to roll back VM.Snapshot or
 * VM.Snapshot.Rollback.
 *
 * <p>Tasks fail here in what other calls say at once: that there is no such snapshot, that the name is taken
 * ({@link ProxmoxException.AlreadyExists}), that a storage can't.
 */
public final class Snapshots {

    private static final String SNAPSHOTS = "/nodes/{}/{}/{}/snapshot";
    private static final String ONE = SNAPSHOTS + "/{}";

    private final Api api;

    Snapshots(Api api) {
        this.api = api;
    }

    /** {@code GET …/snapshot}: all of a guest, and which of them it is at. */
    public GuestSnapshots of(GuestId guest) {
        return Answers.snapshots(
                api.get(ApiCall.get(SNAPSHOTS, guest.node(), guest.type().word(), guest.vmid())));
    }

    /** {@code GET …/snapshot/{name}/config}: settings that the guest had then, by key, numbers as text. */
    public Map<String, String> settings(GuestId guest, String name) {
        return Answers.config(api.get(
                        ApiCall.get(ONE + "/config", guest.node(), guest.type().word(), guest.vmid(), name)))
                .settings();
    }

    /**
     * {@code POST …/snapshot}.
     *
     * @param name {@code ^[A-Za-z][A-Za-z0-9_-]{1,39}$}
     * @param memory of a virtual machine that runs; of one that does not nothing is kept
     */
    public Upid take(GuestId guest, String name, boolean memory, String description) {
        var call = ApiCall.post(SNAPSHOTS, guest.node(), guest.type().word(), guest.vmid())
                .with("snapname", name);
        var described = description.isEmpty() ? call : call.with("description", description);
        return api.start(memory && guest.type() == GuestType.QEMU ? described.with("vmstate", "1") : described);
    }

    /** {@code POST …/rollback}: stops the guest; afterwards it runs only where the snapshot holds its memory. */
    public Upid rollBack(GuestId guest, String name) {
        return api.start(
                ApiCall.post(ONE + "/rollback", guest.node(), guest.type().word(), guest.vmid(), name));
    }

    /** {@code DELETE …/snapshot/{name}}. */
    public Upid delete(GuestId guest, String name) {
        return api.start(ApiCall.delete(ONE, guest.node(), guest.type().word(), guest.vmid(), name));
    }

    /** @param current name of the snapshot that the guest was last rolled back to or taken as, where there is one */
    public record GuestSnapshots(List<Snapshot> all, Optional<String> current) {
        public GuestSnapshots {
            all = List.copyOf(all);
        }
    }
}
