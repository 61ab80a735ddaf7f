package cloud.pxc.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in the cluster that the token may see, from one {@code GET /cluster/resources}. Which guests there are, their tags
 * and locks is current; what they do and how full things are was true within the last 10 s or so (pvestatd).
 */
public record Inventory(List<NodeResource> nodes, List<GuestResource> guests, List<StorageResource> storages) {

    public Inventory {
        nodes = List.copyOf(nodes);
        guests = List.copyOf(guests);
        storages = List.copyOf(storages);
    }

    /** A node; cores and bytes are 0 while it is offline, or where the token lacks Sys.Audit. */
    public record NodeResource(String name, boolean online, int cores, long memory, long memoryUsed) {}

    /**
     * A guest.
     *
     * @param name empty until pvestatd has seen it
     * @param lock such as {@code clone}, {@code backup}
     * @param memory bytes it may have
     */
    public record GuestResource(
            GuestId id,
            String name,
            RunState state,
            Set<String> tags,
            boolean template,
            Optional<String> lock,
            int cores,
            long memory) {
        public GuestResource {
            tags = Set.copyOf(tags);
        }
    }

    /**
     * A storage on one node; a shared one is there once for each of its nodes.
     *
     * @param type {@code dir}, {@code lvmthin}, {@code zfspool}, …
     * @param content what it may hold, in the API's words: {@code iso}, {@code images}, …
     * @param total bytes, 0 while it is not available
     */
    public record StorageResource(
            String storage,
            String node,
            String type,
            boolean shared,
            boolean available,
            Set<String> content,
            long total,
            long used) {
        public StorageResource {
            content = Set.copyOf(content);
        }

        public boolean holds(ContentType type) {
            return content.contains(type.word());
        }
    }
}
