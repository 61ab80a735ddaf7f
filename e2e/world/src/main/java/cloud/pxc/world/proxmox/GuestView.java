package cloud.pxc.world.proxmox;

import java.util.List;
import java.util.Map;

/**
 * What a test sees of a guest.
 *
 * @param type {@code qemu} or {@code lxc}
 * @param status {@code running} or {@code stopped}
 * @param config its configuration as stored, not as the API shows it (a password is readable)
 */
public record GuestView(
        int vmid, String type, String node, String name, List<String> tags, String status, Map<String, String> config) {
    @Override
    public String toString() {
        return type + "/" + vmid + " " + name + " on " + node + " " + status + " tags=" + tags;
    }
}
