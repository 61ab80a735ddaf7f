package cloud.pxc.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A guest's settings as they are written down, with those that wait for its next start ({@code GET …/config}).
 *
 * @param settings by key, numbers as text; {@code sshkeys} in plain lines
 * @param digest of the file; handed to {@link Guests#configure}, that fails when somebody has changed it since
 */
public record GuestConfig(Map<String, String> settings, Optional<String> digest) {

    public GuestConfig {
        settings = Map.copyOf(settings);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    public Set<String> tags() {
        return Answers.tags(settings.getOrDefault("tags", ""));
    }

    /** Such as {@code clone}, {@code backup}. */
    public Optional<String> lock() {
        return get("lock");
    }

    /** {@code name} of a virtual machine, {@code hostname} of a container. */
    public Optional<String> name() {
        return get("name").or(() -> get("hostname"));
    }
}
