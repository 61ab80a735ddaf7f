package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.machine.Removal.Exit;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.HaResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalTest {

    private static final Upid TASK = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:qmstop:10000:pxc@pve!operator:");
    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final Progress RESERVED =
            Progress.of(Given.machine()).reserved(new Reservation(new Vmid(10000), List.of()), "pve1");
    private static final Progress CREATED = RESERVED.foundOn("pve1");

    @Test
    void aTaskIsAwaitedAndAFailedOneTold() {
        var why = Given.unavailable();

        assertThat(Removal.next(new TaskSight.Runs(TASK))).contains(new Exit.Follow(TASK));
        assertThat(Removal.next(new TaskSight.Failed(TASK, why))).contains(new Exit.Fail(why));
        assertThat(Removal.next(new TaskSight.Over(TASK))).isEmpty();
        assertThat(Removal.next(new TaskSight.None())).isEmpty();
    }

    @Test
    void whatRunsIsStoppedAndWhatStandsStillDestroyed() {
        assertThat(next(CREATED, ours(RunState.RUNNING))).isEqualTo(new Exit.Stop(GUEST));
        assertThat(next(CREATED, ours(RunState.PAUSED))).isEqualTo(new Exit.Stop(GUEST));
        assertThat(next(CREATED, ours(RunState.STOPPED))).isEqualTo(new Exit.Destroy(GUEST));
    }

    @Test
    void whatWasMadeAndNotNotedIsDestroyedToo() {
        assertThat(next(RESERVED, ours(RunState.STOPPED))).isEqualTo(new Exit.Destroy(GUEST));
    }

    @Test
    void whereNoGuestIsTheRestIsCleanedUp() {
        assertThat(next(RESERVED, new GuestSight.Unleased())).isEqualTo(new Exit.CleanUp());
        assertThat(next(CREATED, new GuestSight.Absent())).isEqualTo(new Exit.CleanUp());
    }

    @Test
    void aGuestOfSomebodyElseIsNeverTouched() {
        assertThat(next(RESERVED, new GuestSight.Foreign(GUEST, "theirs"))).isEqualTo(new Exit.CleanUp());
        assertThat(next(CREATED, new GuestSight.Foreign(GUEST, "theirs"))).isInstanceOf(Exit.LetGo.class);
    }

    @Test
    void aCreationIsAwaitedAndOneThatWasCutOffNeedsAPerson() {
        assertThat(next(RESERVED, new GuestSight.HalfMade(GUEST, Optional.of(TASK))))
                .isEqualTo(new Exit.Follow(TASK));
        assertThat(next(RESERVED, new GuestSight.HalfMade(GUEST, Optional.empty())))
                .isInstanceOfSatisfying(Exit.Obstructed.class, obstructed -> assertThat(obstructed.what())
                        .contains("qm unlock 10000 && qm destroy 10000 --purge"));
    }

    @Test
    void whatMovesIsAwaitedAndALockThatNothingHoldsNeedsAPerson() {
        assertThat(next(CREATED, new GuestSight.Moving(GUEST, Optional.of(TASK))))
                .isEqualTo(new Exit.Follow(TASK));
        assertThat(next(CREATED, new GuestSight.Moving(GUEST, Optional.empty())))
                .isInstanceOfSatisfying(Exit.Obstructed.class, obstructed -> assertThat(obstructed.what())
                        .contains("qm unlock 10000"));
    }

    @Test
    void highAvailabilityIsLeftFirst() {
        var available = Optional.of(new HaResource(Map.of("state", "started")));

        for (var state : RunState.values()) {
            assertThat(next(CREATED, new GuestSight.Ours(GUEST, state, Given.settled(), Set.of(), available)))
                    .isEqualTo(new Exit.LeaveHa(GUEST));
        }
    }

    private static Exit next(Progress progress, GuestSight guest) {
        return Removal.next(Given.machine(), progress, guest);
    }

    private static GuestSight ours(RunState state) {
        return new GuestSight.Ours(GUEST, state, Given.settled(), Set.of());
    }
}
