package cloud.pxc.proxmox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the token may do where ({@code GET /access/permissions}).
 *
 * <p>As in Proxmox VE, the entry at the path itself counts, else what the nearest one above it hands down. A path that is
 * granted expressly nothing (role NoAccess) is not in what the API tells, so that only the call itself shows that one.
 */
public final class Permissions {

    private final Map<String, Map<String, Boolean>> byPath;

    /** @param byPath privileges by path, each with whether it is handed down */
    Permissions(Map<String, Map<String, Boolean>> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * @param path such as {@code /vms/100}, {@code /storage/local}
     * @param privilege such as {@code VM.Audit}
     */
    public boolean has(String path, String privilege) {
        var own = Optional.ofNullable(byPath.get(path)).map(privileges -> privileges.containsKey(privilege));
        return own.orElseGet(
                () -> above(path).filter(parent -> handsDown(parent, privilege)).isPresent());
    }

    /** Those of these privileges that the token lacks there, in their order. */
    public List<String> missing(String path, Collection<String> privileges) {
        return privileges.stream().filter(privilege -> !has(path, privilege)).toList();
    }

    private boolean handsDown(String path, String privilege) {
        return Optional.ofNullable(byPath.get(path))
                .map(privileges -> privileges.getOrDefault(privilege, false))
                .orElseGet(() -> above(path)
                        .filter(parent -> handsDown(parent, privilege))
                        .isPresent());
    }

    private static Optional<String> above(String path) {
        if (path.equals("/") || !path.startsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    }
}
