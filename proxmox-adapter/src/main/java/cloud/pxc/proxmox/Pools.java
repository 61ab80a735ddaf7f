package cloud.pxc.proxmox;

import cloud.pxc.proxmox.ProxmoxException.Refused;
import cloud.pxc.proxmox.ProxmoxException.Refused.Reason;

/** Resource pools and who is in them. */
public final class Pools {

    private static final String POOLS = "/pools";

    private final Api api;

    Pools(Api api) {
        this.api = api;
    }

    /**
     * {@code PUT /pools}: puts a guest into a pool, out of the one that it is in; nothing happens if it is in it. Needs
     * Pool.Allocate on the pool, and on the one before, and VM.Allocate on the guest.
     *
     * @throws ProxmoxException.NotFound when there is no such pool
     */
    public void add(String pool, Vmid vmid) {
        change(ApiCall.put(POOLS)
                .with("poolid", pool)
                .with("vms", vmid.toString())
                .with("allow-move", "1"));
    }

    /** {@code PUT /pools} with {@code delete}: takes a guest out of a pool; nothing happens if it is not in it. */
    public void remove(String pool, Vmid vmid) {
        change(ApiCall.put(POOLS)
                .with("poolid", pool)
                .with("vms", vmid.toString())
                .with("delete", "1"));
    }

    private void change(ApiCall call) {
        try {
            api.change(call);
        } catch (Refused e) {
            if (e.reason() != Reason.POOL_MEMBERSHIP) {
                throw e;
            }
        }
    }
}
