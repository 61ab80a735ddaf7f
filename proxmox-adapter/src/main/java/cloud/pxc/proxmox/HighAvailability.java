package cloud.pxc.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Proxmox VE's own high availability: its manager starts, stops and moves the guests that it is told of, some seconds after it was
 * told. Reading needs Sys.Audit, everything else Sys.Console, on /.
 */
public final class HighAvailability {

    private static final String RESOURCE = "/cluster/ha/resources/{}";

    private final Api api;

    HighAvailability(Api api) {
        this.api = api;
    }

    /** {@code GET /cluster/ha/resources/{sid}}; empty when it is not told of this guest. */
    public Optional<HaResource> resource(GuestId id) {
        try {
            return Optional.of(new HaResource(
                    Answers.config(api.get(ApiCall.get(RESOURCE, sid(id)))).settings()));
        } catch (ProxmoxException.NotFound e) {
            if (e.thing() == ProxmoxException.NotFound.Thing.HA_RESOURCE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * {@code POST /cluster/ha/resources}.
     *
     * @param settings {@code state}, {@code max_restart}, {@code max_relocate}, {@code comment}; {@code group} before version 9
     * @throws ProxmoxException.AlreadyExists when it is told of it already
     */
    public void add(GuestId id, Map<String, String> settings) {
        api.change(ApiCall.post("/cluster/ha/resources").with("sid", sid(id)).with(new TreeMap<>(settings)));
    }

    /** {@code PUT /cluster/ha/resources/{sid}}. */
    public void change(GuestId id, Map<String, String> settings, Set<String> delete) {
        var call = ApiCall.put(RESOURCE, sid(id)).with(new TreeMap<>(settings));
        api.change(
                delete.isEmpty()
                        ? call
                        : call.with(
                                "delete",
                                String.join(",", delete.stream().sorted().toList())));
    }

    /** {@code DELETE /cluster/ha/resources/{sid}}: the guest goes on as it is, and out of the rules that name it. */
    public void remove(GuestId id) {
        api.change(ApiCall.delete(RESOURCE, sid(id)));
    }

    private static String sid(GuestId id) {
        return (id.type() == GuestType.QEMU ? "vm:" : "ct:") + id.vmid();
    }
}
