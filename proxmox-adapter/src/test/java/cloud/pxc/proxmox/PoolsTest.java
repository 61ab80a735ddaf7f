package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.proxmox.ProxmoxException.NotFound;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about resource pools. */
class PoolsTest {

    private static final Vmid VMID = new Vmid(100);

    private static Lab lab;
    private static Pools pools;

    @BeforeAll
    static void start() {
        lab = Lab.start();
        pools = lab.client().pools();
        lab.createdVm(100, Map.of("name", "web"));
        lab.proxmox().createPool("team-a");
        lab.proxmox().createPool("team-b");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aGuestIsInThePoolItWasPutIntoLastHoweverOftenThatIsSaid() {
        // when
        pools.add("team-a", VMID);
        pools.add("team-b", VMID);
        pools.add("team-b", VMID);

        // then
        assertThat(lab.proxmox().poolOf(100)).contains("team-b");

        // when
        pools.remove("team-b", VMID);
        pools.remove("team-b", VMID);

        // then
        assertThat(lab.proxmox().poolOf(100)).isEmpty();
    }

    @Test
    void aPoolThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> pools.add("nosuch", VMID))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.thing()).isEqualTo(NotFound.Thing.POOL))
                .hasMessageContaining("pool 'nosuch' does not exist");
    }

    @Test
    void whoMayNotIsTold() {
        try (var client = lab.clientWith("pools@pve!none", "VM.Audit")) {
            assertThatThrownBy(() -> client.pools().add("team-a", VMID))
                    .isInstanceOf(ProxmoxException.Forbidden.class)
                    .hasMessageContaining("Pool.Allocate");
        }
    }
}
