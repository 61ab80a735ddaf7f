package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code network-config} of a NoCloud seed: an ISO labelled {@code cidata}
 * (<a href="https://cloudinit.readthedocs.io/en/latest/reference/network-config-format-v2.html">version 1 or 2</a>).
 */
final class NoCloudSeed {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonNode network;

    private NoCloudSeed(JsonNode network) {
        this.network = network;
    }

    /** The first of these CD-ROMs that is a seed with a network configuration. */
    static Optional<NoCloudSeed> of(List<Path> cdroms) throws IOException {
        for (var cdrom : cdroms) {
            var image = Iso9660.open(cdrom);
            if (image.isPresent() && image.get().label().equalsIgnoreCase("cidata")) {
                var config = image.get().file("network-config");
                if (config.isPresent()) {
                    var root = YAML.readTree(config.get());
                    return Optional.of(new NoCloudSeed(root.has("network") ? root.get("network") : root));
                }
            }
        }
        return Optional.empty();
    }

    /** The card with this MAC address, or else the one with this name. */
    Optional<Guests.Interface> find(String mac, String name) {
        return network.path("version").asInt() == 1 ? findOne(mac, name) : findTwo(mac, name);
    }

    private Optional<Guests.Interface> findTwo(String mac, String name) {
        for (var entry : network.path("ethernets").properties()) {
            var card = entry.getValue();
            var wanted = card.path("match")
                    .path("macaddress")
                    .asText(card.path("macaddress").asText(""));
            if (wanted.isEmpty()
                    ? entry.getKey().equals(name)
                    : wanted.toLowerCase(Locale.ROOT).equals(mac)) {
                var shownAs = card.path("set-name").asText(wanted.isEmpty() ? entry.getKey() : name);
                var addresses = new ArrayList<String>();
                card.path("addresses").forEach(address -> addresses.add(address.asText()));
                return Optional.of(new Guests.Interface(shownAs, mac, addresses));
            }
        }
        return Optional.empty();
    }

    private Optional<Guests.Interface> findOne(String mac, String name) {
        for (var card : network.path("config")) {
            var wanted = card.path("mac_address").asText("");
            if (wanted.isEmpty() ? card.path("name").asText().equals(name) : wanted.equalsIgnoreCase(mac)) {
                var addresses = new ArrayList<String>();
                card.path("subnets").forEach(subnet -> {
                    if (subnet.has("address")) {
                        addresses.add(subnet.get("address").asText());
                    }
                });
                return Optional.of(new Guests.Interface(card.path("name").asText(name), mac, addresses));
            }
        }
        return Optional.empty();
    }
}
