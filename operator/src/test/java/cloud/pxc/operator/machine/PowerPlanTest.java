package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerPlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final Progress CREATED = Progress.of(Given.machine())
            .reserved(new Reservation(new Vmid(10000), List.of()), "pve1")
            .foundOn("pve1");
    private static final Step.Settle SETTLE =
            new Step.Settle(GUEST, List.of(), Set.of(), List.of(), HardwareRecord.NOTHING);

    private final Machine running = Given.machine();
    private final Machine stopped = Given.machine("powerState: Stopped");

    @Test
    void whatIsToRunIsStartedAndLeftRunning() {
        assertThat(next(running, RunState.STOPPED)).isEqualTo(new Step.Start(GUEST));
        assertThat(next(running, RunState.RUNNING)).isEqualTo(SETTLE);
        assertThat(next(running, RunState.PAUSED)).isEqualTo(SETTLE);
    }

    @Test
    void whatIsToStandStillIsShutDownAndLeftSo() {
        assertThat(next(stopped, RunState.RUNNING)).isEqualTo(new Step.ShutDown(GUEST));
        assertThat(next(stopped, RunState.PAUSED)).isEqualTo(new Step.ShutDown(GUEST));
        assertThat(next(stopped, RunState.STOPPED)).isEqualTo(new Step.Rest(GUEST, HardwareRecord.NOTHING));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"RUNNING", "PAUSED", "STOPPED"})
    void aRestartIsNotedOnceTheGuestStandsStillAndNotBefore(RunState state) {
        var asked = restart(running, "monday");

        assertThat(next(asked, state))
                .isEqualTo(
                        state == RunState.STOPPED ? new Step.NoteRestart(GUEST, "monday") : new Step.ShutDown(GUEST));
    }

    @Test
    void aRestartThatWasNotedIsFollowedByAStartAndIsNotRepeated() {
        var asked = restart(running, "monday");
        var noted = CREATED.withRestarted("monday");

        assertThat(PowerPlan.next(asked, noted, ours(RunState.STOPPED), SETTLE)).isEqualTo(new Step.Start(GUEST));
        assertThat(PowerPlan.next(asked, noted, ours(RunState.RUNNING), SETTLE)).isEqualTo(SETTLE);
        assertThat(PowerPlan.next(restart(asked, "tuesday"), noted, ours(RunState.RUNNING), SETTLE))
                .isEqualTo(new Step.ShutDown(GUEST));
    }

    @Test
    void whatStandsStillAsDeclaredIsNotStartedByARestart() {
        var asked = restart(stopped, "monday");

        assertThat(next(asked, RunState.STOPPED)).isEqualTo(new Step.NoteRestart(GUEST, "monday"));
        assertThat(PowerPlan.next(asked, CREATED.withRestarted("monday"), ours(RunState.STOPPED), SETTLE))
                .isEqualTo(new Step.Rest(GUEST, HardwareRecord.NOTHING));
    }

    @Test
    void anEmptyAnnotationAsksForNothing() {
        assertThat(next(restart(running, " "), RunState.RUNNING)).isEqualTo(SETTLE);
    }

    private static Machine restart(Machine machine, String value) {
        machine.getMetadata().setAnnotations(Map.of(Steering.RESTART, value));
        return machine;
    }

    private static Step next(Machine machine, RunState state) {
        return PowerPlan.next(machine, CREATED, ours(state), SETTLE);
    }

    private static GuestSight.Ours ours(RunState state) {
        return new GuestSight.Ours(GUEST, state, Given.settled(), Set.of());
    }
}
