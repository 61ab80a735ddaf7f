package cloud.pxc.world.proxmox;

import java.util.Set;
import java.util.TreeSet;

/**
 * A storage as {@code /etc/pve/storage.cfg} has it.
 *
 * @param name storage id, such as {@code local-lvm}
 * @param kind how it keeps volumes
 * @param content what it may hold: {@code images}, {@code rootdir}, {@code iso}, {@code vztmpl}, {@code import}, {@code
 *     backup}, {@code snippets}
 * @param shared the same volumes on every node, instead of each node its own
 * @param capacityBytes size, on each node where it is not shared
 * @param nodes where it is enabled; empty: everywhere
 */
public record StorageSpec(
        String name, Kind kind, Set<String> content, boolean shared, long capacityBytes, Set<String> nodes) {
    /** @throws IllegalArgumentException when the name is no storage id or a content type is unknown */
    public StorageSpec {
        Formats.check("pve-storage-id", name);
        content.forEach(type -> Formats.check("pve-storage-content", type));
        content = new TreeSet<>(content);
        nodes = Set.copyOf(nodes);
    }

    /** How a storage keeps volumes. */
    public enum Kind {
        /** Files in a directory: takes uploads, and disks as qcow2 or raw. */
        DIR("dir"),
        /** Thin logical volumes: disks only, raw. */
        LVM_THIN("lvmthin");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /**
     * Node-local files in {@code /var/lib/vz} for images to start from: ISOs, container templates, imports; and disks.
     */
    public static StorageSpec local(long capacityBytes) {
        return new StorageSpec(
                "local",
                Kind.DIR,
                Set.of("images", "rootdir", "iso", "vztmpl", "import", "backup", "snippets"),
                false,
                capacityBytes,
                Set.of());
    }

    /** Node-local thin volumes for disks of guests. */
    public static StorageSpec localLvm(long capacityBytes) {
        return new StorageSpec("local-lvm", Kind.LVM_THIN, Set.of("images", "rootdir"), false, capacityBytes, Set.of());
    }

    boolean enabledOn(String node) {
        return nodes.isEmpty() || nodes.contains(node);
    }
}
