package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the calls about snapshots. */
class SnapshotsTest {

    private static final String TEMPLATE = "debian-12-standard_12.12-1_amd64.tar.zst";

    private static Lab lab;
    private static Snapshots snapshots;

    @BeforeAll
    static void start() {
        lab = Lab.start();
        snapshots = lab.client().snapshots();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aVirtualMachineIsWhatItWasAfterARollback() {
        // given
        var vm = lab.createdVm(100, Map.of("scsi0", "local-lvm:1", "cores", "1"));
        lab.succeed(snapshots.take(vm, "before", false, "= & ; 50 %"));
        lab.client().guests().configure(vm, Map.of("cores", "2"), Set.of(), Optional.empty());
        lab.succeed(lab.client().guests().start(vm));
        assertThat(snapshots.settings(vm, "before")).containsEntry("cores", "1").containsKey("scsi0");
        // when
        var task = snapshots.rollBack(vm, "before");
        // then
        assertThat(task.type()).isEqualTo("qmrollback");
        lab.succeed(task);
        assertThat(lab.client().guests().config(vm).get("cores")).contains("1");
        assertThat(lab.client().guests().state(vm).state()).isEqualTo(RunState.STOPPED);
        assertThat(lab.client().tasks().last("pve1", vm.vmid(), "qmrollback")).containsExactly(task);
    }

    @Test
    void memoryIsKeptOfWhatRunsAndRunsAgainAfterARollback() {
        // given
        var vm = lab.createdVm(101, Map.of("scsi0", "local-lvm:1"));
        lab.succeed(snapshots.take(vm, "still", true, ""));
        lab.succeed(lab.client().guests().start(vm));
        // when
        lab.succeed(snapshots.take(vm, "live", true, "a comment"));
        // then
        var known = snapshots.of(vm);
        assertThat(known.current()).contains("live");
        assertThat(known.all())
                .extracting(Snapshot::name, Snapshot::memory, Snapshot::parent, Snapshot::unfinished)
                .containsExactlyInAnyOrder(
                        tuple("still", false, Optional.empty(), Optional.empty()),
                        tuple("live", true, Optional.of("still"), Optional.empty()));
        lab.succeed(lab.client().guests().stop(vm));
        lab.succeed(snapshots.rollBack(vm, "live"));
        assertThat(lab.client().guests().state(vm).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void whatIsDeletedIsGoneAndMissingTheNextTime() {
        // given
        var vm = lab.createdVm(102, Map.of("scsi0", "local-lvm:1"));
        lab.succeed(snapshots.take(vm, "once", false, ""));
        // when
        lab.succeed(snapshots.delete(vm, "once"));
        // then
        assertThat(snapshots.of(vm)).isEqualTo(new Snapshots.GuestSnapshots(List.of(), Optional.empty()));
        var again = snapshots.delete(vm, "once");
        lab.end(again);
        assertThat(lab.client().tasks().failure(again))
                .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.thing())
                        .isEqualTo(ProxmoxException.NotFound.Thing.SNAPSHOT));
    }

    @Test
    void aNameThatIsTakenAndADiskThatCannotAreSaidByTheTask() {
        // given
        var vm = lab.createdVm(103, Map.of("scsi0", "local-lvm:1"));
        var raw = lab.createdVm(104, Map.of("scsi0", "local:1,format=raw"));
        lab.succeed(snapshots.take(vm, "taken", false, ""));
        // when
        var again = snapshots.take(vm, "taken", false, "");
        var never = snapshots.take(raw, "never", false, "");
        // then
        lab.end(again);
        lab.end(never);
        assertThat(lab.client().tasks().failure(again)).isInstanceOf(ProxmoxException.AlreadyExists.class);
        assertThat(lab.client().tasks().failure(never))
                .isInstanceOfSatisfying(ProxmoxException.Refused.class, e -> assertThat(e.reason())
                        .isEqualTo(ProxmoxException.Refused.Reason.NO_SNAPSHOTS));
    }

    @Test
    void aContainerHasSnapshotsToo() {
        // given
        lab.succeed(lab.client().storages().downloadTemplate("pve1", "local", TEMPLATE));
        var container = Lab.container(200);
        lab.succeed(lab.client()
                .guests()
                .createContainer(
                        "pve1",
                        container.vmid(),
                        Map.of("ostemplate", "local:vztmpl/" + TEMPLATE, "rootfs", "local-lvm:4")));
        // when
        lab.succeed(snapshots.take(container, "before", true, ""));
        // then
        assertThat(snapshots.of(container).all()).extracting(Snapshot::memory).containsExactly(false);
        lab.succeed(snapshots.rollBack(container, "before"));
        lab.succeed(snapshots.delete(container, "before"));
        assertThat(snapshots.of(container).all()).isEmpty();
    }
}
