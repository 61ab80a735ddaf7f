package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.HaResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HaPlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final Progress CREATED = Progress.of(Given.machine())
            .reserved(new Reservation(new Vmid(10000), List.of()), "pve1")
            .foundOn("pve1");
    private static final Map<String, String> TOLD =
            Map.of("state", "started", "comment", HaPlan.COMMENT, "max_restart", "2", "max_relocate", "1");

    private final Machine available = Given.machine("highAvailability: {maxRestart: 2}");
    private final Machine plain = Given.machine();

    @Test
    void itIsToldOfAMachineThatIsToBeAvailableAndStartsIt() {
        assertThat(next(available, RunState.STOPPED, null)).contains(new Step.TellHa(GUEST, TOLD, true));
        assertThat(next(available, RunState.STOPPED, TOLD)).contains(new Step.AwaitHa(GUEST, true));
        assertThat(next(available, RunState.RUNNING, TOLD)).isEmpty();
    }

    @Test
    void whatDiffersIsChangedAndDefaultsAreNoDifference() {
        var once = Given.machine("highAvailability: {maxRestart: 1, maxRelocate: 3}");

        assertThat(next(once, RunState.RUNNING, Map.of("state", "enabled", "comment", HaPlan.COMMENT)))
                .contains(new Step.TellHa(GUEST, Map.of("max_relocate", "3"), false));
    }

    @Test
    void aGroupIsToldToo() {
        var grouped = Given.machine("highAvailability: {maxRestart: 2, group: fast}");

        assertThat(next(grouped, RunState.RUNNING, TOLD))
                .contains(new Step.TellHa(GUEST, Map.of("group", "fast"), false));
    }

    @Test
    void itIsToldToStopAMachineThatIsToStandStill() {
        var stopped = Given.machine("highAvailability: {maxRestart: 2}", "powerState: Stopped");

        assertThat(next(stopped, RunState.RUNNING, TOLD))
                .contains(new Step.TellHa(GUEST, Map.of("state", "stopped"), false));
        assertThat(next(stopped, RunState.RUNNING, with(TOLD, "stopped"))).contains(new Step.AwaitHa(GUEST, false));
        assertThat(next(stopped, RunState.STOPPED, with(TOLD, "stopped"))).isEmpty();
    }

    @Test
    void aRestartGoesByItTooAndIsNotedBeforeItStartsAgain() {
        available.getMetadata().setAnnotations(Map.of(Steering.RESTART, "monday"));

        assertThat(next(available, RunState.RUNNING, TOLD))
                .contains(new Step.TellHa(GUEST, Map.of("state", "stopped"), false));
        assertThat(next(available, RunState.STOPPED, with(TOLD, "stopped"))).isEmpty();
        assertThat(HaPlan.next(
                        available,
                        CREATED.withRestarted("monday"),
                        ours(RunState.STOPPED, Optional.of(new HaResource(with(TOLD, "stopped"))))))
                .contains(new Step.TellHa(GUEST, Map.of("state", "started"), false));
    }

    @Test
    void aMachineThatIsNotToBeAvailableAnyMoreLeavesAndWhatAPersonToldStays() {
        assertThat(next(plain, RunState.RUNNING, null)).isEmpty();
        assertThat(next(plain, RunState.RUNNING, TOLD)).contains(new Step.LeaveHa(GUEST));
        assertThat(next(plain, RunState.RUNNING, Map.of("comment", "by hand"))).isEmpty();
        assertThat(next(plain, RunState.STOPPED, Map.of("comment", "by hand", "state", "stopped")))
                .contains(new Step.TellHa(GUEST, Map.of("state", "started"), false));
    }

    private static Map<String, String> with(Map<String, String> told, String state) {
        var changed = new TreeMap<>(told);
        changed.put("state", state);
        return changed;
    }

    private static Optional<Step> next(Machine machine, RunState state, Map<String, String> told) {
        return HaPlan.next(
                machine, CREATED, ours(state, Optional.ofNullable(told).map(HaResource::new)));
    }

    private static GuestSight.Ours ours(RunState state, Optional<HaResource> told) {
        return new GuestSight.Ours(GUEST, state, Given.settled(), Set.of(), told);
    }
}
