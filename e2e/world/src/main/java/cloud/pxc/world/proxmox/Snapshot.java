package cloud.pxc.world.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot as it stands in the configuration file of its guest.
 *
 * @param config what the guest's was, with {@code parent}
 * @param description empty where nobody said one
 * @param memory volume that the memory of a virtual machine is kept in
 * @param state {@code prepare} until it is taken, {@code delete} once its deletion has begun
 */
record Snapshot(
        String name,
        Map<String, String> config,
        String description,
        long epochSecond,
        Optional<String> memory,
        Optional<String> state) {

    Optional<String> parent() {
        return Optional.ofNullable(config.get("parent"));
    }

    Snapshot in(Optional<String> other) {
        return new Snapshot(name, config, description, epochSecond, memory, other);
    }

    /** With what the deletion of its parent leaves of that. */
    Snapshot below(Optional<String> other) {
        var changed = new TreeMap<>(config);
        changed.remove("parent");
        other.ifPresent(above -> changed.put("parent", above));
        return new Snapshot(name, changed, description, epochSecond, memory, state);
    }
}
