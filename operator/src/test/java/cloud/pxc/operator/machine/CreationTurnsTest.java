package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreationTurnsTest {

    private static final List<String> NODES = List.of("pve1", "pve2");

    private final CreationTurns turns = new CreationTurns(2);
    private final List<String> woken = new ArrayList<>();

    @BeforeEach
    void listen() {
        know(List.of());
    }

    @Test
    void soManyAreMadeOnEachNodeAndTheNextWaits() {
        // given
        assertThat(turns.take(machine("a"), "pve1")).isTrue();
        assertThat(turns.take(machine("b"), "pve1")).isTrue();

        // when
        var third = turns.take(machine("c"), "pve1");

        // then
        assertThat(third).isFalse();
        assertThat(turns.isOn(machine("d"), NODES)).isTrue();
        assertThat(turns.take(machine("d"), "pve2")).isTrue();
        assertThat(turns.take(machine("a"), "pve1")).isTrue();
    }

    @Test
    void whoeverIsDoneWakesTheFirstWhoWaits() {
        // given
        fill();
        turns.isOn(machine("first"), NODES);
        turns.isOn(machine("second"), NODES);

        // when
        turns.leave(machine("a"));
        turns.leave(machine("b"));

        // then
        assertThat(woken).containsExactly("first", "second");
        assertThat(turns.take(machine("first"), "pve1")).isTrue();
        assertThat(turns.take(machine("second"), "pve1")).isTrue();
        assertThat(turns.take(machine("third"), "pve1")).isFalse();
    }

    @Test
    void whoCanNotUseATurnLeavesItToTheNext() {
        // given
        fill();
        turns.isOn(machine("pinned"), NODES);
        turns.isOn(machine("second"), NODES);
        turns.leave(machine("a"));
        assertThat(woken).containsExactly("pinned");

        // when
        var other = turns.take(machine("pinned"), "pve2");

        // then
        assertThat(other).isFalse();
        assertThat(woken).containsExactly("pinned", "second");
    }

    @Test
    void whoIsMadeWhenTheOperatorStartsHasItsTurnAlready() {
        // given
        know(List.of(beingMade("a"), beingMade("b")));

        // when
        var third = turns.take(machine("c"), "pve1");

        // then
        assertThat(third).isFalse();
        assertThat(turns.take(machine("a"), "pve1")).isTrue();
    }

    private void know(List<Machine> machines) {
        turns.know(cluster -> machines, (ResourceID machine) -> woken.add(machine.getName()));
    }

    private void fill() {
        turns.take(machine("a"), "pve1");
        turns.take(machine("b"), "pve1");
        turns.take(machine("c"), "pve2");
        turns.take(machine("d"), "pve2");
    }

    private static Machine beingMade(String name) {
        var task = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:10000:pxc@pve!operator:");
        var reserved = Progress.of(machine(name)).reserved(new Reservation(new Vmid(10000), List.of()), "pve1");
        return Given.with(machine(name), reserved.withTask(Optional.of(task)));
    }

    private static Machine machine(String name) {
        var machine = Given.machine();
        machine.getMetadata().setName(name);
        machine.getMetadata().setUid(name);
        return machine;
    }
}
