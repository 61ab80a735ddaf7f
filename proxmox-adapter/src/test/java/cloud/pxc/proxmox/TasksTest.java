package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about tasks. */
class TasksTest {

    private static Lab lab;
    private static Tasks tasks;

    @BeforeAll
    static void start() {
        lab = Lab.start(SimulatedProxmox.builder().taskDuration("qmstart", Duration.ofHours(1)));
        tasks = lab.client().tasks();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aTaskIsFollowedFromStartToStop() {
        // given
        var vm = lab.createdVm(100, Map.of());
        // when
        var task = lab.client().guests().start(vm);
        // then
        assertThat(tasks.state(task)).isEqualTo(new TaskState(true, Optional.empty()));
        assertThat(tasks.running("pve1", vm.vmid())).containsExactly(task);
        assertThat(tasks.running("pve1", new Vmid(101))).isEmpty();
        assertThat(tasks.running("pve1")).containsExactly(task);
        assertThat(tasks.running("pve2")).isEmpty();
        assertThatThrownBy(() -> tasks.failure(task)).isInstanceOf(IllegalStateException.class);
        // when
        tasks.stop(task);
        // then
        assertThat(lab.end(task).failed()).isTrue();
        assertThat(tasks.running("pve1", vm.vmid())).isEmpty();
        assertThat(tasks.failure(task))
                .isInstanceOfSatisfying(ProxmoxException.Refused.class, e -> assertThat(e.reason())
                        .isEqualTo(ProxmoxException.Refused.Reason.INTERRUPTED));
    }

    @Test
    void theEndOfALogIsRead() {
        // given
        var task = lab.client().guests().createVm("pve1", new Vmid(102), Map.of("scsi0", "local-lvm:1"));
        lab.succeed(task);
        // when
        var whole = tasks.log(task, 1000);
        var last = tasks.log(task, 1);
        // then
        assertThat(whole)
                .hasSizeGreaterThan(1)
                .contains("scsi0: successfully created disk 'local-lvm:vm-102-disk-0,size=1G'");
        assertThat(last).containsExactly("TASK OK");
    }

    @Test
    void aFailedTaskIsOfTheKindThatItsWordsMean() {
        // given
        lab.proxmox()
                .faults()
                .inject(Fault.on("POST", "/nodes/{node}/qemu")
                        .failsTask("can't lock file '/var/lock/qemu-server/lock-103.conf' - got timeout")
                        .times(1));
        // when
        var task = lab.client().guests().createVm("pve1", new Vmid(103), Map.of());
        // then
        assertThat(lab.end(task).failed()).isTrue();
        assertThat(tasks.failure(task))
                .isInstanceOf(ProxmoxException.Locked.class)
                .hasMessageStartingWith(
                        "Task qmcreate of 103 on pve1 failed: unable to create VM 103 - can't lock file");
    }

    @Test
    void aTaskThatNobodyKnowsIsNotFound() {
        assertThatThrownBy(() -> tasks.state(new Upid("UPID:pve1:00000001:00000001:00000001:x:1:root@pam:")))
                .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.thing())
                        .isEqualTo(ProxmoxException.NotFound.Thing.TASK));
    }
}
