package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong when it is told to. */
class WeatherTest {
    private SimulatedProxmox proxmox;
    private ApiSession api;

    @BeforeEach
    void start() {
        proxmox = SimulatedProxmox.builder().timeScale(0.05).start();
        api = new ApiSession(proxmox, proxmox.createFullToken("root@pam!test"));
    }

    @AfterEach
    void stop() {
        proxmox.close();
    }

    private ApiClient.Answer create(String node, int vmid) throws IOException {
        return api.form(
                "POST",
                "/nodes/" + node + "/qemu",
                Map.of("vmid", String.valueOf(vmid), "onboot", "1", "scsi0", "local-lvm:1"));
    }

    @Test
    void aConnectionDroppedAfterwardsHidesThatTheCallWasCarriedOut() throws IOException {
        // given
        proxmox.faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu").dropsAfter().times(1));
        // when
        assertThatThrownBy(() -> create("pve1", 100)).isInstanceOf(IOException.class);
        // then
        assertThat(create("pve1", 100).reason())
                .isEqualTo("unable to create VM 100 - VM 100 already exists on node 'pve1'");
    }

    @Test
    void aFailedTaskLeavesNoGuest() throws IOException {
        // given
        proxmox.faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu")
                        .failsTask("got timeout")
                        .times(1));
        // when
        var end = api.exit(create("pve1", 100));
        // then
        assertThat(end).isEqualTo("unable to create VM 100 - got timeout");
        assertThat(proxmox.guests()).isEmpty();
        assertThat(proxmox.volumes()).isEmpty();
    }

    @Test
    void ofManyWhoTakeTheNextFreeIdOnlyOneGetsIt() throws Exception {
        // given
        var takers = new ArrayList<Callable<String>>();
        for (var i = 0; i < 8; i++) {
            takers.add(() -> create("pve1", 100).reason());
        }
        // when
        try (var pool = Executors.newFixedThreadPool(takers.size())) {
            var reasons = new ArrayList<String>();
            for (var answer : pool.invokeAll(takers)) {
                reasons.add(answer.get());
            }
            // then
            assertThat(reasons).containsOnlyOnce("OK");
            assertThat(reasons)
                    .filteredOn("unable to create VM 100 - VM 100 already exists on node 'pve1'"::equals)
                    .hasSize(7);
        }
    }

    @Test
    void aLeftLockKeepsEverybodyOutUntilItIsGone() throws IOException {
        // given
        assertThat(api.exit(create("pve1", 100))).isEqualTo("OK");
        proxmox.faults().lockHeld(100, "backup");
        // when, then
        assertThat(api.form("PUT", "/nodes/pve1/qemu/100/config", Map.of("cores", "2"))
                        .reason())
                .isEqualTo("VM is locked (backup)");
        proxmox.faults().unlock(100);
        assertThat(api.form("PUT", "/nodes/pve1/qemu/100/config", Map.of("cores", "2"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutMostOfItsNodesTheClusterChangesNothing() throws IOException {
        // given
        proxmox.faults().nodeDown("pve2");
        proxmox.faults().nodeDown("pve3");
        // when, then
        assertThat(create("pve1", 300).reason()).isEqualTo("cluster not ready - no quorum?");
        assertThat(api.get("/cluster/status").data().path(0).path("quorate").asInt())
                .isZero();
        proxmox.faults().nodeUp("pve2");
        assertThat(api.exit(create("pve1", 300))).isEqualTo("OK");
    }

    @Test
    void aNodeThatLosesPowerWhileItCreatesLeavesALockedGuest() throws IOException {
        // given
        proxmox.close();
        proxmox = SimulatedProxmox.builder()
                .timeScale(0.05)
                .taskDuration("qmcreate", Duration.ofHours(1))
                .start();
        api = new ApiSession(proxmox, proxmox.createFullToken("root@pam!test"));
        var upid = create("pve2", 100).data().asText();
        Awaitility.await().until(() -> !proxmox.volumes().isEmpty());
        // when
        proxmox.faults().nodeDown("pve2");
        proxmox.faults().nodeUp("pve2");
        // then
        assertThat(proxmox.guests().getFirst().config()).containsEntry("lock", "create");
        assertThat(proxmox.volumes()).hasSize(1);
        var status = api.get("/nodes/pve2/tasks/" + ApiSession.encode(upid) + "/status");
        assertThat(status.data().path("exitstatus").asText()).isEqualTo("unexpected status");
    }

    @Test
    void guestsOfANodeThatComesBackStartWhenTheyAreToldTo() throws IOException {
        // given
        assertThat(api.exit(create("pve2", 100))).isEqualTo("OK");
        assertThat(api.exit(api.form("POST", "/nodes/pve2/qemu/100/status/start", Map.of())))
                .isEqualTo("OK");
        // when
        proxmox.faults().nodeDown("pve2");
        // then
        assertThat(proxmox.guests().getFirst().status()).isEqualTo("stopped");
        assertThat(api.get("/cluster/resources?type=vm")
                        .data()
                        .path(0)
                        .path("status")
                        .asText())
                .isEqualTo("unknown");
        proxmox.faults().nodeUp("pve2");
        assertThat(proxmox.guests().getFirst().status()).isEqualTo("running");
    }

    @Test
    void theListOfResourcesLagsBehindWhatGuestsDo() throws IOException {
        // given
        assertThat(api.exit(create("pve1", 100))).isEqualTo("OK");
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> reportedStatus()
                .equals("stopped"));
        // when
        assertThat(api.exit(api.form("POST", "/nodes/pve1/qemu/100/status/start", Map.of())))
                .isEqualTo("OK");
        // then
        assertThat(api.get("/nodes/pve1/qemu/100/status/current")
                        .data()
                        .path("status")
                        .asText())
                .isEqualTo("running");
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> reportedStatus()
                .equals("running"));
    }

    private String reportedStatus() throws IOException {
        return api.get("/cluster/resources?type=vm")
                .data()
                .path(0)
                .path("status")
                .asText();
    }
}
