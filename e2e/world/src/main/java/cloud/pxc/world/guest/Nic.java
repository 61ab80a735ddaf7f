package cloud.pxc.world.guest;

import cloud.pxc.world.proxmox.Guests;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network card, as {@code netN} says.
 *
 * @param number the N
 * @param settings by key; of a virtual machine's the first is its model, with the MAC address as value
 */
record Nic(int number, boolean ofContainer, Map<String, String> settings) {
    /** The kernel of a virtual machine names its first card so, after the PCI slot that Proxmox VE puts it in. */
    private static final int FIRST_SLOT = 18;

    static List<Nic> of(Guests.Boot boot) {
        return boot.config().entrySet().stream()
                .filter(entry -> entry.getKey().matches("net\\d+"))
                .map(entry -> new Nic(
                        Integer.parseInt(entry.getKey().substring("net".length())),
                        boot.type().equals("lxc"),
                        parse(entry.getValue())))
                .sorted(Comparator.comparingInt(Nic::number))
                .toList();
    }

    private static Map<String, String> parse(String text) {
        var settings = new LinkedHashMap<String, String>();
        Arrays.stream(text.split(","))
                .map(part -> part.split("=", 2))
                .forEach(part -> settings.put(part[0], part.length > 1 ? part[1] : ""));
        return settings;
    }

    /** Before cloud-init, which may rename it. */
    String name() {
        return ofContainer ? get("name").orElse("eth" + number) : "ens" + (FIRST_SLOT + number);
    }

    String mac() {
        var mac = ofContainer
                ? get("hwaddr").orElseThrow()
                : settings.values().iterator().next();
        return mac.toLowerCase(Locale.ROOT);
    }

    String bridge() {
        return get("bridge").orElse("vmbr0");
    }

    Optional<String> tag() {
        return get("tag");
    }

    /** 1 stands for that of the bridge. */
    Optional<String> mtu() {
        return get("mtu").filter(mtu -> !mtu.equals("1"));
    }

    boolean connected() {
        return get("link_down").filter("1"::equals).isEmpty();
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }
}
