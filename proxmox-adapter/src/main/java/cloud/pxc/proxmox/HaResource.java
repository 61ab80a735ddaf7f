package cloud.pxc.proxmox;

import java.util.Map;
import java.util.Optional;

/**
 * What Proxmox VE's own high availability is told of a guest ({@code /cluster/ha/resources/{sid}}).
 *
 * @param settings {@code state}, {@code max_restart}, {@code max_relocate}, {@code comment}, …, numbers as text
 */
public record HaResource(Map<String, String> settings) {

    public HaResource {
        settings = Map.copyOf(settings);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }
}
