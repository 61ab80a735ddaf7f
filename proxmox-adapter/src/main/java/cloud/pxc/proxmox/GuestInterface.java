package cloud.pxc.proxmox;

import java.util.List;

/**
 * A network interface as the guest itself has it, the loopback among them.
 *
 * @param mac lower case; empty where the guest does not tell
 * @param addresses with prefix length: {@code 10.0.0.7/24}, {@code fe80::1/64}
 */
public record GuestInterface(String name, String mac, List<String> addresses) {
    public GuestInterface {
        addresses = List.copyOf(addresses);
    }
}
