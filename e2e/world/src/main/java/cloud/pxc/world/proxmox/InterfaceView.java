package cloud.pxc.world.proxmox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Network cards as the agent of a virtual machine and as a container's {@code /interfaces} show them. */
final class InterfaceView {
    private InterfaceView() {}

    static Map<String, Object> ofAgent(Guests.Interface card) {
        return Map.of(
                "name", card.name(),
                "hardware-address", card.mac(),
                "ip-addresses", addresses(card, "ipv4", "ipv6"));
    }

    static Map<String, Object> ofContainer(Guests.Interface card) {
        var view = new LinkedHashMap<String, Object>();
        view.put("name", card.name());
        view.put("hwaddr", card.mac());
        view.put("hardware-address", card.mac());
        view.put("ip-addresses", addresses(card, "inet", "inet6"));
        card.addresses().stream()
                .filter(text -> !text.contains(":"))
                .findFirst()
                .ifPresent(text -> view.put("inet", text));
        card.addresses().stream()
                .filter(text -> text.contains(":"))
                .findFirst()
                .ifPresent(text -> view.put("inet6", text));
        return view;
    }

    private static List<Map<String, Object>> addresses(Guests.Interface card, String four, String six) {
        return card.addresses().stream()
                .map(text -> text.split("/"))
                .map(parts -> Map.<String, Object>of(
                        "ip-address",
                        parts[0],
                        "prefix",
                        Integer.parseInt(parts[1]),
                        "ip-address-type",
                        parts[0].contains(":") ? six : four))
                .toList();
    }
}
