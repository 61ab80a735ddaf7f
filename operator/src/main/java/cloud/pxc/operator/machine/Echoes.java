package cloud.pxc.operator.machine;

import cloud.pxc.proxmox.GuestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Proxmox gives back in other words than it was given it in. It would be set again with every pass; so it is read in the
 * words it was asked for in, for as long as neither side says anything else.
 */
@ApplicationScoped
class Echoes {

    /**
     * @param asked empty where it was to be unset
     * @param back empty where it is not there
     */
    private record Echo(Optional<String> asked, Optional<String> back) {}

    private final Map<String, Map<String, Echo>> byUid = new ConcurrentHashMap<>();

    /** The configuration of a guest in the words of its spec. */
    GuestConfig understood(String uid, GuestConfig config) {
        var echoes = byUid.get(uid);
        if (echoes == null) {
            return config;
        }
        var settings = new TreeMap<>(config.settings());
        var heard = new HashMap<>(echoes);
        heard.entrySet().removeIf(echo -> !echo.getValue().back().equals(config.get(echo.getKey())));
        heard.forEach((key, echo) ->
                echo.asked().ifPresentOrElse(asked -> settings.put(key, asked), () -> settings.remove(key)));
        keep(uid, heard);
        return new GuestConfig(settings, config.digest());
    }

    /**
     * Notes what came of a change.
     *
     * @param touched keys of what was set or unset
     * @param set what would have to be set still
     * @param delete what would have to be unset still
     */
    void note(String uid, Set<String> touched, Map<String, String> set, Set<String> delete, GuestConfig after) {
        var echoes = new HashMap<>(byUid.getOrDefault(uid, Map.of()));
        echoes.keySet().removeAll(touched);
        set.forEach((key, asked) -> {
            if (touched.contains(key)) {
                echoes.put(key, new Echo(Optional.of(asked), after.get(key)));
            }
        });
        delete.stream()
                .filter(touched::contains)
                .forEach(key -> echoes.put(key, new Echo(Optional.empty(), after.get(key))));
        keep(uid, echoes);
    }

    /** Keys of what is read in other words. */
    Set<String> of(String uid) {
        return new TreeSet<>(byUid.getOrDefault(uid, Map.of()).keySet());
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    private void keep(String uid, Map<String, Echo> echoes) {
        if (echoes.isEmpty()) {
            byUid.remove(uid);
        } else {
            byUid.put(uid, Map.copyOf(echoes));
        }
    }
}
