package cloud.pxc.proxmox;

/** Where a guest is to be asked: {@code /nodes/{node}/{type}/{vmid}}. It changes its node by migration, never the rest. */
public record GuestId(GuestType type, String node, Vmid vmid) {
    @Override
    public String toString() {
        return type.word() + "/" + vmid + " on " + node;
    }
}
