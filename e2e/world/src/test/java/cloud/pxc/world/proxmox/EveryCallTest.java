package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the schema is answered, whatever is asked, without a bug coming to light. */
class EveryCallTest {
    private static SimulatedProxmox proxmox;
    private static ApiSession api;

    @BeforeAll
    static void start() {
        proxmox = SimulatedProxmox.builder().timeScale(0).start();
        api = new ApiSession(proxmox, proxmox.createFullToken("root@pam!test"));
    }

    @AfterAll
    static void stop() {
        proxmox.close();
    }

    static Stream<String> calls() {
        return Schema.load().calls().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isAnswered(String call) throws IOException {
        // given
        var method = call.substring(0, call.indexOf(' '));
        var target = Template.fill(
                call.substring(method.length() + 1),
                Map.of(
                        "node",
                        "pve1",
                        "vmid",
                        "999",
                        "storage",
                        "local",
                        "volume",
                        "local:iso/none.iso",
                        "upid",
                        "none",
                        "poolid",
                        "none",
                        "sid",
                        "vm:999",
                        "snapname",
                        "none")::get);
        // when
        var answer =
                switch (method) {
                    case "GET" -> api.get(target);
                    case "DELETE" -> api.delete(target);
                    default -> api.form(method, target, Map.of());
                };
        // then
        assertThat(answer.status()).as(answer.toString()).isIn(200, 400, 500);
        assertThat(answer.reason()).doesNotStartWith("simulator:");
        assertThat(answer.json().has("data")).isTrue();
    }
}
