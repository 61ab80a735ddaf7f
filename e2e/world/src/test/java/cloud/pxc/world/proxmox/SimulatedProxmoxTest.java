package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedProxmoxTest {
    private final SimulatedProxmox proxmox =
            SimulatedProxmox.builder().timeScale(0.001).start();
    private final ApiClient client = new ApiClient(proxmox.caPem());
    private final SimulatedProxmox.Token token =
            proxmox.createToken("pxc@pve!operator", SimulatedProxmox.allPrivileges());

    @AfterEach
    void stop() {
        proxmox.close();
    }

    private ApiClient.Answer get(int endpoint, String target) throws IOException {
        var headers = Map.of("Authorization", "PVEAPIToken=" + token.id() + "=" + token.secret());
        return client.send(proxmox.endpoints().get(endpoint), "GET", target, headers, new byte[0]);
    }

    @Test
    void everyNodeAnswersFromTheSameState() throws IOException {
        for (var endpoint = 0; endpoint < 3; endpoint++) {
            // when
            var nodes = get(endpoint, "/nodes");
            // then
            assertThat(nodes.status()).isEqualTo(200);
            assertThat(nodes.data().findValuesAsText("node")).containsExactly("pve1", "pve2", "pve3");
            assertThat(nodes.data().findValuesAsText("ssl_fingerprint")).isEqualTo(proxmox.fingerprints());
        }
    }

    @Test
    void aTokenThatMayNothingSeesEmptyLists() throws IOException {
        // given
        var poor = proxmox.createToken("alice@pve!t1");
        var headers = Map.of("Authorization", "PVEAPIToken=" + poor.id() + "=" + poor.secret());
        // when
        var answer = client.send(
                proxmox.endpoints().getFirst(), "GET", "/cluster/resources?type=storage", headers, new byte[0]);
        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data()).isEmpty();
    }

    @Test
    void aNodeWithoutPowerRefusesConnectionsAndComesBackOnItsPort() throws IOException {
        // given
        var endpoint = proxmox.endpoints().get(1);
        proxmox.faults().nodeDown("pve2");
        // when, then
        assertThatThrownBy(() -> get(1, "/version")).isInstanceOf(IOException.class);
        assertThat(get(0, "/nodes/pve2/status")).isEqualTo(new ApiClient.Answer(595, "No route to host", ""));
        proxmox.faults().nodeUp("pve2");
        assertThat(proxmox.endpoints().get(1)).isEqualTo(endpoint);
        assertThat(get(1, "/version").status()).isEqualTo(200);
    }

    @Test
    void portsCanBeChosen() throws IOException {
        // given
        int first;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            first = free.getLocalPort();
        }
        // when
        try (var other = SimulatedProxmox.builder()
                .nodes(new NodeSpec("pve1", 2, 1L << 30))
                .port(first)
                .start()) {
            // then
            assertThat(other.endpoints()).containsExactly(URI.create("https://127.0.0.1:" + first));
        }
    }

    @Test
    void requestsAreCountedByTemplate() throws IOException {
        // when
        get(0, "/nodes/pve1/status");
        get(1, "/nodes/pve2/status");
        // then
        assertThat(proxmox.requests().counts()).isEqualTo(Map.of("GET /nodes/{node}/status", 2L));
    }

    @Test
    void aFaultHitsAsOftenAsItSays() throws IOException {
        // given
        proxmox.faults()
                .inject(Fault.on("GET", "/version").answers(500, "got timeout").times(1));
        // when, then
        assertThat(get(0, "/version").reason()).isEqualTo("got timeout");
        assertThat(get(0, "/version").status()).isEqualTo(200);
    }

    @Test
    void aDroppedConnectionEndsWithoutAnAnswer() throws IOException {
        proxmox.faults().inject(Fault.on("*", "/nodes/{node}/**").dropsBefore().times(1));
        assertThatThrownBy(() -> get(0, "/nodes/pve1/status")).isInstanceOf(IOException.class);
        assertThat(get(0, "/nodes/pve1/status").status()).isEqualTo(200);
    }
}
