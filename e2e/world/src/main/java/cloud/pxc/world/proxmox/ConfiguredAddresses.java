package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which addresses a guest will have: of its NoCloud ISO, its {@code ipconfigN}, or a container's {@code netN}. */
final class ConfiguredAddresses {
    private ConfiguredAddresses() {}

    static List<Guests.Interface> of(Guests.Boot boot) throws IOException {
        var cards = new ArrayList<Guests.Interface>();
        cards.add(new Guests.Interface("lo", "00:00:00:00:00:00", List.of("127.0.0.1/8", "::1/128")));
        var seed = NoCloudSeed.of(boot.cdroms());
        for (var entry : boot.config().entrySet()) {
            if (entry.getKey().matches("net\\d+")) {
                var number = Integer.parseInt(entry.getKey().substring("net".length()));
                cards.add(
                        boot.type().equals("lxc")
                                ? ofContainer(entry.getValue())
                                : ofMachine(boot, number, entry.getValue(), seed));
            }
        }
        return cards;
    }

    private static Guests.Interface ofContainer(String net) {
        var addresses = Stream.of("ip", "ip6")
                .flatMap(key -> Drives.property(net, key).stream())
                .filter(ConfiguredAddresses::isAddress)
                .toList();
        return new Guests.Interface(
                Drives.property(net, "name").orElse("eth0"),
                Drives.property(net, "hwaddr").orElse("").toLowerCase(Locale.ROOT),
                addresses);
    }

    private static Guests.Interface ofMachine(Guests.Boot boot, int number, String net, Optional<NoCloudSeed> seed) {
        // `virtio=BC:24:11:…`: the model's value is the MAC.
        var mac = net.split(",")[0].replaceFirst("^[^=]*=", "").toLowerCase(Locale.ROOT);
        var name = "eth" + number;
        if (seed.isPresent()) {
            return seed.get().find(mac, name).orElseGet(() -> new Guests.Interface(name, mac, List.of()));
        }
        var ipConfig = boot.config().getOrDefault("ipconfig" + number, "");
        var addresses = Stream.of("ip", "ip6")
                .flatMap(key -> Drives.property(ipConfig, key).stream())
                .filter(ConfiguredAddresses::isAddress)
                .toList();
        return new Guests.Interface(name, mac, addresses);
    }

    private static boolean isAddress(String text) {
        return text.contains("/");
    }
}
