package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAddressesTest {
    private static final String MAC = "BC:24:11:00:00:05";
    private static final String NETWORK_CONFIG = """
            version: 2
            ethernets:
              nic0:
                match: {macaddress: "bc:24:11:00:00:05"}
                set-name: lan0
                addresses: [10.20.1.17/16, "fd00::17/64"]
                routes: [{to: default, via: 10.20.0.1}]
            """;

    private SimulatedProxmox proxmox;
    private ApiSession api;

    @BeforeEach
    void start() {
        proxmox = SimulatedProxmox.builder().timeScale(0.01).start();
        api = new ApiSession(proxmox, proxmox.createFullToken("root@pam!test"));
    }

    @AfterEach
    void stop() {
        proxmox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGuestHasTheAddressesOfTheSeedThatWasUploaded(boolean joliet) throws IOException {
        // given
        var iso = SeedIso.of("cidata", "network-config", NETWORK_CONFIG, joliet);
        assertThat(api.exit(api.upload("pve1", "iso", "seed.iso", iso))).isEqualTo("OK");
        // when
        boot(Map.of("ide2", "local:iso/seed.iso,media=cdrom", "ipconfig0", "ip=192.0.2.9/24"));
        // then
        assertThat(reported("lan0")).containsExactly("10.20.1.17", "fd00::17");
    }

    @Test
    void aGuestWithoutSeedHasTheAddressesOfItsIpConfig() throws IOException {
        // when
        boot(Map.of("ide2", "local:cloudinit", "ipconfig0", "ip=192.0.2.9/24,gw=192.0.2.1"));
        // then
        assertThat(reported("eth0")).containsExactly("192.0.2.9");
    }

    @Test
    void theAgentIsNotThereBeforeTheGuestIs() throws IOException {
        // given
        assertThat(api.exit(api.form("POST", "/nodes/pve1/qemu", Map.of("vmid", "100", "agent", "1"))))
                .isEqualTo("OK");
        // when
        var answer = api.get("/nodes/pve1/qemu/100/agent/network-get-interfaces");
        // then
        assertThat(answer.reason()).isEqualTo("VM 100 is not running");
    }

    private void boot(Map<String, String> settings) throws IOException {
        var parameters = new LinkedHashMap<>(settings);
        parameters.putAll(Map.of("vmid", "100", "agent", "1", "net0", "virtio=" + MAC + ",bridge=vmbr0"));
        assertThat(api.exit(api.form("POST", "/nodes/pve1/qemu", parameters))).isEqualTo("OK");
        assertThat(api.exit(api.form("POST", "/nodes/pve1/qemu/100/status/start", Map.of())))
                .isEqualTo("OK");
    }

    private Iterable<String> reported(String card) {
        var answer = Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> api.get("/nodes/pve1/qemu/100/agent/network-get-interfaces"), a -> a.status() == 200);
        for (var found : answer.data().path("result")) {
            if (found.path("name").asText().equals(card)) {
                assertThat(found.path("hardware-address").asText()).isEqualToIgnoringCase(MAC);
                return found.findValuesAsText("ip-address");
            }
        }
        throw new AssertionError("No card " + card + " in " + answer);
    }
}
