package cloud.pxc.world.proxmox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Network cards: fills in what was left to the server, and who may use which bridge. */
final class Networks {
    private final Cluster cluster;
    private final Access access;
    private final Verification verification;
    private final Set<String> bridges;

    Networks(Cluster cluster, Access access, Verification verification, Set<String> bridges) {
        this.cluster = cluster;
        this.access = access;
        this.verification = verification;
        this.bridges = bridges;
    }

    /** A {@code netN} of a virtual machine as it is stored: with a MAC address. */
    String complete(String text, boolean newMac) {
        var net = new TreeMap<>(verification.propertyString("net", text, "net"));
        var mac = net.remove("macaddr");
        var model = net.remove("model");
        var printed = new LinkedHashMap<String, String>();
        printed.put(model, mac == null || newMac ? cluster.randomMac() : mac);
        printed.putAll(net);
        return join(printed);
    }

    /** A {@code netN} of a container as it is stored. */
    String completeContainer(String text) {
        var net = new TreeMap<>(verification.propertyString("lxc-net", text, "net"));
        net.putIfAbsent("hwaddr", cluster.randomMac());
        net.putIfAbsent("type", "veth");
        var printed = new LinkedHashMap<String, String>();
        printed.put("name", net.remove("name"));
        printed.putAll(net);
        return join(printed);
    }

    /** Every bridge in these settings may be used by the caller: {@code check_bridge_access}. */
    void checkAccess(Principal caller, Map<String, String> settings) {
        settings.forEach((key, value) -> {
            if (key.matches("net\\d+")) {
                Drives.property(value, "bridge").ifPresent(bridge -> {
                    var path = "/sdn/zones/localnetwork/" + bridge;
                    // A tag is a place of its own below the bridge; rights on the bridge reach down to it.
                    access.require(
                            caller,
                            Drives.property(value, "tag")
                                    .map(tag -> path + "/" + tag)
                                    .orElse(path),
                            "SDN.Use");
                });
            }
        });
    }

    /** @throws ApiException when the node has no such bridge, which shows only at start */
    void checkBridgesExist(Guest guest) {
        guest.config().forEach((key, value) -> {
            if (key.matches("net\\d+")) {
                Drives.property(value, "bridge")
                        .filter(bridge -> !bridges.contains(bridge))
                        .ifPresent(bridge -> {
                            throw ApiException.failure("bridge '" + bridge + "' does not exist");
                        });
            }
        });
    }

    private static String join(Map<String, String> parts) {
        var text = new StringBuilder();
        parts.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
        return text.toString();
    }
}
