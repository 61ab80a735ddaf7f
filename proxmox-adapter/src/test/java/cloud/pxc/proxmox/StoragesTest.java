package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.world.proxmox.Qcow2;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about storages and what is on them. */
class StoragesTest {

    private static final byte[] IMAGE = Qcow2.empty(1L << 30);

    private static Lab lab;
    private static Storages storages;
    private static HttpServer mirror;

    @BeforeAll
    static void start() throws IOException {
        lab = Lab.start();
        storages = lab.client().storages();
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/debian.qcow2", exchange -> {
            exchange.sendResponseHeaders(200, IMAGE.length);
            try (var body = exchange.getResponseBody()) {
                body.write(IMAGE);
            }
        });
        mirror.start();
    }

    @AfterAll
    static void stop() {
        mirror.stop(0);
        lab.close();
    }

    @Test
    void whatIsUploadedIsThere() {
        // given
        var bytes = "an ISO image, nearly\r\n--with;odd=bytes\0".getBytes(StandardCharsets.UTF_8);
        // when
        var task = storages.upload("pve2", "local", ContentType.ISO, "pxc-100-seed.iso", bytes);
        // then
        assertThat(task.type()).isEqualTo("imgcopy");
        lab.succeed(task);
        assertThat(storages.content("pve2", "local", ContentType.ISO))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.volid()).isEqualTo("local:iso/pxc-100-seed.iso");
                    assertThat(volume.filename()).isEqualTo("pxc-100-seed.iso");
                    assertThat(volume.content()).isEqualTo(ContentType.ISO);
                    assertThat(volume.size()).isEqualTo(bytes.length);
                    assertThat(volume.vmid()).isEmpty();
                });
        assertThat(storages.content("pve2", "local", ContentType.IMPORT)).isEmpty();
        assertThat(storages.content("pve1", "local", ContentType.ISO)).isEmpty();
    }

    @Test
    void aWrongSuffixIsAnErrorOfTheParameter() {
        assertThatThrownBy(() -> storages.upload("pve1", "local", ContentType.ISO, "seed.txt", new byte[1]))
                .isInstanceOfSatisfying(ProxmoxException.InvalidRequest.class, e -> assertThat(e.errors())
                        .containsEntry("filename", "wrong file extension"));
    }

    @Test
    void theNodeDownloadsAndVerifiesAnImage() {
        // given
        var url = image();
        var right = new Checksum("sha256", sha256(IMAGE));
        // when
        var task = storages.download("pve1", "local", ContentType.IMPORT, "debian.qcow2", url, Optional.of(right));
        // then
        lab.succeed(task);
        assertThat(storages.content("pve1", "local", ContentType.IMPORT))
                .extracting(Volume::volid, Volume::format)
                .contains(org.assertj.core.groups.Tuple.tuple("local:import/debian.qcow2", "qcow2"));
    }

    @Test
    void aFileThatIsNotTheOneOfTheChecksumIsTypedSo() {
        // given
        var wrong = new Checksum("sha256", "00".repeat(32));
        // when
        var task = storages.download("pve1", "local", ContentType.IMPORT, "wrong.qcow2", image(), Optional.of(wrong));
        // then
        assertThat(lab.end(task).failed()).isTrue();
        assertThat(lab.client().tasks().failure(task))
                .isInstanceOfSatisfying(ProxmoxException.Refused.class, e -> assertThat(e.reason())
                        .isEqualTo(ProxmoxException.Refused.Reason.CHECKSUM_MISMATCH))
                .hasMessageContaining(sha256(IMAGE));
        assertThat(storages.content("pve1", "local", ContentType.IMPORT))
                .noneMatch(volume -> volume.filename().equals("wrong.qcow2"));
    }

    @Test
    void containerTemplatesAreOfferedAndDownloaded() {
        // given
        var template = storages.templates("pve3").stream()
                .filter(offered -> offered.os().equals("debian-12"))
                .findFirst()
                .orElseThrow();
        assertThat(template.packageName()).isEqualTo("debian-12-standard");
        assertThat(template.version()).isEqualTo("12.12-1");
        assertThat(template.section()).isEqualTo("system");
        // when
        lab.succeed(storages.downloadTemplate("pve3", "local", template.template()));
        // then
        assertThat(storages.content("pve3", "local", ContentType.VZTMPL))
                .extracting(Volume::filename)
                .containsExactly(template.template());
        assertThatThrownBy(() -> storages.downloadTemplate("pve3", "local", "nosuch.tar.zst"))
                .isInstanceOf(ProxmoxException.InvalidRequest.class)
                .hasMessageContaining("no such template");
    }

    @Test
    void aDiskKnowsItsGuest() {
        // given
        lab.createdVm(110, Map.of("scsi0", "local-lvm:2"));
        // when
        var disks = storages.content("pve1", "local-lvm", ContentType.IMAGES);
        // then
        assertThat(disks).singleElement().satisfies(disk -> {
            assertThat(disk.vmid()).contains(new Vmid(110));
            assertThat(disk.size()).isEqualTo(2L << 30);
            assertThat(disk.filename()).isEqualTo("vm-110-disk-0");
        });
    }

    @Test
    void aVolumeIsDeleted() {
        // given
        lab.succeed(storages.upload("pve3", "local", ContentType.ISO, "old.iso", new byte[10]));
        // when
        storages.delete("pve3", "local:iso/old.iso").ifPresent(lab::succeed);
        // then
        assertThat(storages.content("pve3", "local", ContentType.ISO)).isEmpty();
    }

    @Test
    void anUnknownStorageIsSaidToBeOne() {
        assertThatThrownBy(() -> storages.content("pve1", "nosuch", ContentType.ISO))
                .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.thing())
                        .isEqualTo(ProxmoxException.NotFound.Thing.STORAGE));
        assertThatThrownBy(() -> storages.delete("pve1", "no-volume")).isInstanceOf(IllegalArgumentException.class);
    }

    private static URI image() {
        return URI.create("http://127.0.0.1:" + mirror.getAddress().getPort() + "/debian.qcow2");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
