package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportTest {
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

    @Test
    void aDiskIsAsLargeAsTheImageSaysNotAsItsFileIs() throws IOException {
        // given
        var image = Qcow2.empty(3L << 30);
        assertThat(api.exit(api.upload("pve1", "import", "debian.qcow2", image)))
                .isEqualTo("OK");
        // when
        var created = api.form(
                "POST",
                "/nodes/pve1/qemu",
                Map.of("vmid", "100", "scsi0", "local-lvm:0,import-from=local:import/debian.qcow2"));
        // then
        assertThat(api.exit(created)).isEqualTo("OK");
        assertThat(proxmox.guests().getFirst().config()).containsEntry("scsi0", "local-lvm:vm-100-disk-0,size=3G");
        assertThat(proxmox.volumes())
                .containsExactly(
                        new VolumeView("pve1", "local:import/debian.qcow2", "import", image.length),
                        new VolumeView("pve1", "local-lvm:vm-100-disk-0", "images", 3L << 30));
    }

    @Test
    void whatIsNotThereCanNotBeImported() throws IOException {
        // when
        var created = api.form(
                "POST",
                "/nodes/pve1/qemu",
                Map.of("vmid", "100", "scsi0", "local-lvm:0,import-from=local:import/none.qcow2"));
        // then
        assertThat(api.exit(created))
                .isEqualTo("unable to create VM 100 - could not get size of local:import/none.qcow2");
        assertThat(proxmox.guests()).isEmpty();
    }

    @Test
    void anImageHasASize() {
        assertThatThrownBy(() -> Qcow2.empty(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
