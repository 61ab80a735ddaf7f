package cloud.pxc.world.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Which guests high availability is told of: {@code /etc/pve/ha/resources.cfg}. */
final class HaResources {
    /** By {@code vm:100}. */
    private final ConcurrentSkipListMap<String, Map<String, String>> resources = new ConcurrentSkipListMap<>();

    static String sid(Guest guest) {
        return (guest.kind() == Guest.Kind.QEMU ? "vm:" : "ct:") + guest.vmid();
    }

    List<String> sids() {
        return List.copyOf(resources.keySet());
    }

    Optional<Map<String, String>> find(String sid) {
        return Optional.ofNullable(resources.get(sid));
    }

    /** @return whether it was not there */
    boolean add(String sid, Map<String, String> settings) {
        return resources.putIfAbsent(sid, new TreeMap<>(settings)) == null;
    }

    void change(String sid, UnaryOperator<Map<String, String>> change) {
        resources.computeIfPresent(sid, (same, before) -> change.apply(new TreeMap<>(before)));
    }

    /** @return whether it was there */
    boolean remove(String sid) {
        return resources.remove(sid) != null;
    }

    /** The requested one; empty where nothing is told of the guest. */
    Optional<String> state(Guest guest) {
        return find(sid(guest))
                .map(settings -> settings.getOrDefault("state", "started"))
                .map(state -> state.equals("enabled") ? "started" : state);
    }

    /** {@code vm_is_ha_managed}: told of, and not to be ignored. */
    boolean manages(Guest guest) {
        return state(guest).filter(state -> !state.equals("ignored")).isPresent();
    }
}
