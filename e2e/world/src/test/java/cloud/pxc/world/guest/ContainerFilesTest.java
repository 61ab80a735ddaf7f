package cloud.pxc.world.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.proxmox.Guests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContainerFilesTest {

    @Test
    void eachCardHasAStanzaForEachOfItsFamilies() {
        // when
        var files = files(Map.of(
                "net0", "name=lan,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=203.0.113.5/24,gw=203.0.113.1,ip6=auto",
                "net1", "name=eth1,bridge=vmbr1,hwaddr=BC:24:11:00:00:02,ip=dhcp",
                "net10", "name=eth10,bridge=vmbr1,hwaddr=BC:24:11:00:00:03"));
        // then
        assertThat(files.get("etc/network/interfaces")).isEqualTo("""
                auto lo
                iface lo inet loopback
                iface lo inet6 loopback

                auto lan
                iface lan inet static
                \taddress 203.0.113.5/24
                \tgateway 203.0.113.1
                iface lan inet6 auto

                auto eth1
                iface eth1 inet dhcp

                auto eth10
                iface eth10 inet manual
                """);
    }

    @Test
    void aFullNameIsSplitAndServersAreOneALine() {
        // when
        var files = files(Map.of(
                "hostname",
                "db-0.example.org",
                "nameserver",
                "203.0.113.53,2001:db8::53",
                "searchdomain",
                "a.org b.org"));
        // then
        assertThat(files.get("etc/hostname")).isEqualTo("db-0\n");
        assertThat(files.get("etc/hosts")).contains("127.0.1.1 db-0.example.org db-0\n");
        assertThat(files.get("etc/resolv.conf")).isEqualTo("""
                search a.org b.org
                nameserver 203.0.113.53
                nameserver 2001:db8::53
                """);
    }

    @Test
    void withoutNameServersTheOnesInTheImageStay() {
        assertThat(files(Map.of())).doesNotContainKey("etc/resolv.conf");
    }

    private static Map<String, String> files(Map<String, String> config) {
        var boot = new Guests.Boot(100, "lxc", "pve1", "CT100", config, List.of());
        return ContainerFiles.of(boot, Nic.of(boot)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
    }
}
