package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadUrlTest {
    /** SHA-256 of {@code abc}, the example of FIPS 180-2. */
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private SimulatedProxmox proxmox;
    private ApiSession api;
    private HttpServer mirror;

    @BeforeEach
    void start() throws IOException {
        proxmox = SimulatedProxmox.builder().timeScale(0.01).start();
        api = new ApiSession(proxmox, proxmox.createFullToken("root@pam!test"));
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/image.img", exchange -> {
            var body = "abc".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        mirror.start();
    }

    @AfterEach
    void stop() {
        mirror.stop(0);
        proxmox.close();
    }

    private ApiClient.Answer download(String file, Map<String, String> more) throws IOException {
        var parameters = new HashMap<>(more);
        parameters.put("content", "iso");
        parameters.put("filename", "image.img");
        parameters.put("url", "http://127.0.0.1:" + mirror.getAddress().getPort() + file);
        return api.form("POST", "/nodes/pve2/storage/local/download-url", parameters);
    }

    @Test
    void theImageIsFetchedAndVerified() throws IOException {
        // when
        var end = api.exit(download("/image.img", Map.of("checksum-algorithm", "sha256", "checksum", SHA256)));
        // then
        assertThat(end).isEqualTo("OK");
        assertThat(api.get("/nodes/pve2/storage/local/content").data().findValuesAsText("size"))
                .containsExactly("3");
    }

    @Test
    void aWrongChecksumFailsTheTaskAndLeavesNothing() throws IOException {
        // when
        var end = api.exit(download("/image.img", Map.of("checksum-algorithm", "sha256", "checksum", "00")));
        // then
        assertThat(end).isEqualTo("checksum mismatch: got '" + SHA256 + "' != expect '00'");
        assertThat(api.get("/nodes/pve2/storage/local/content").data()).isEmpty();
    }

    @Test
    void whatTheMirrorDoesNotHaveFailsAsWgetDoes() throws IOException {
        assertThat(api.exit(download("/nosuch", Map.of())))
                .startsWith("download failed: command 'wget ")
                .endsWith("failed: exit code 8");
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        // given
        api.exit(download("/image.img", Map.of()));
        // when, then
        assertThat(api.exit(download("/image.img", Map.of())))
                .isEqualTo("refusing to override existing file '/var/lib/vz/template/iso/image.img'");
        assertThat(api.exit(download("/image.img", Map.of("checksum-algorithm", "sha256", "checksum", SHA256))))
                .isEqualTo("OK");
    }

    @Test
    void aChecksumNeedsItsAlgorithm() throws IOException {
        assertThat(download("/image.img", Map.of("checksum", SHA256))
                        .json()
                        .path("errors")
                        .toString())
                .isEqualTo("{\"checksum-algorithm\":\"missing property required by 'checksum'\"}");
    }
}
