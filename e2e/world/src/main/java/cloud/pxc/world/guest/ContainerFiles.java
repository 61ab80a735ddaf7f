package cloud.pxc.world.guest;

import cloud.pxc.world.proxmox.Guests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Proxmox VE writes into a Debian container before each start ({@code PVE/LXC/Setup/Debian.pm}): no cloud-init there. */
final class ContainerFiles {
    private ContainerFiles() {}

    /** By path below its root. */
    static Map<String, byte[]> of(Guests.Boot boot, List<Nic> nics) {
        var files = new LinkedHashMap<String, String>();
        var fullName = boot.config().getOrDefault("hostname", boot.name());
        var name = fullName.split("\\.")[0];
        files.put("etc/cloud/cloud-init.disabled", "");
        files.put("etc/hostname", name + "\n");
        files.put("etc/hosts", """
                127.0.0.1 localhost
                ::1 localhost
                127.0.1.1 %s
                """.formatted(fullName.equals(name) ? name : fullName + " " + name));
        files.put("etc/network/interfaces", interfaces(nics));
        var resolver = resolver(boot.config());
        if (!resolver.isEmpty()) {
            files.put("etc/resolv.conf", resolver);
        }
        var bytes = new LinkedHashMap<String, byte[]>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /** Who may log in as root, written once, when the container is made. */
    static Map<String, byte[]> keys(List<String> sshPublicKeys) {
        var text = String.join("\n", sshPublicKeys) + "\n";
        return Map.of("root/.ssh/authorized_keys", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resolver(Map<String, String> config) {
        var text = new StringBuilder();
        var search = config.getOrDefault("searchdomain", "");
        if (!search.isBlank()) {
            text.append("search ").append(search.replaceAll("[,; ]+", " ")).append('\n');
        }
        for (var server : config.getOrDefault("nameserver", "").split("[,; ]+")) {
            if (!server.isEmpty()) {
                text.append("nameserver ").append(server).append('\n');
            }
        }
        return text.toString();
    }

    private static String interfaces(List<Nic> nics) {
        var text = new StringBuilder("auto lo\niface lo inet loopback\niface lo inet6 loopback\n");
        for (var nic : nics) {
            text.append("\nauto ").append(nic.name()).append('\n');
            family(text, nic, "inet", nic.get("ip"), nic.get("gw"));
            family(text, nic, "inet6", nic.get("ip6"), nic.get("gw6"));
        }
        return text.toString();
    }

    private static void family(
            StringBuilder text, Nic nic, String family, Optional<String> address, Optional<String> gateway) {
        // Without an address it is only brought up, and that once: it has a stanza of one family at least.
        if (address.isEmpty() && family.equals("inet6")) {
            return;
        }
        var given = address.orElse("manual");
        var method = given.contains("/") ? "static" : given;
        text.append("iface ")
                .append(nic.name())
                .append(' ')
                .append(family)
                .append(' ')
                .append(method)
                .append('\n');
        if (method.equals("static")) {
            text.append("\taddress ").append(given).append('\n');
            gateway.ifPresent(via -> text.append("\tgateway ").append(via).append('\n'));
        }
    }
}
