package cloud.pxc.world.proxmox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The storages of the cluster and the volumes on them. */
final class Storages {
    private final Map<String, StorageSpec> specs = new LinkedHashMap<>();

    Storages(List<StorageSpec> specs) {
        specs.forEach(spec -> this.specs.put(spec.name(), spec));
    }

    Collection<StorageSpec> specs() {
        return specs.values();
    }

    long usedBytes(StorageSpec storage, String node) {
        return 0;
    }
}
