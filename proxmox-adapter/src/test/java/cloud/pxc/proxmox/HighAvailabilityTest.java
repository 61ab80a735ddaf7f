package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of the calls about high availability. */
class HighAvailabilityTest {

    @Test
    void aGuestIsToldOfChangedAndTakenOutAgain() {
        try (var lab = Lab.start()) {
            // given
            var vm = lab.createdVm(100, Map.of());
            var availability = lab.client().highAvailability();
            assertThat(availability.resource(vm)).isEmpty();
            assertThat(lab.client().guests().state(vm).managed()).isFalse();

            // when
            availability.add(vm, Map.of("state", "started", "max_restart", "2", "comment", "ours"));

            // then
            assertThat(availability.resource(vm).orElseThrow().settings())
                    .containsEntry("state", "started")
                    .containsEntry("max_restart", "2")
                    .containsEntry("comment", "ours");
            assertThat(lab.client().guests().state(vm).managed()).isTrue();
            await().until(() -> lab.client().guests().state(vm).state() == RunState.RUNNING);
            assertThatThrownBy(() -> availability.add(vm, Map.of())).isInstanceOf(ProxmoxException.AlreadyExists.class);

            // when
            availability.change(vm, Map.of("state", "stopped"), Set.of("max_restart"));

            // then
            await().until(() -> lab.client().guests().state(vm).state() == RunState.STOPPED);
            assertThat(availability.resource(vm).orElseThrow().get("max_restart"))
                    .isEmpty();

            // when
            availability.remove(vm);

            // then
            assertThat(availability.resource(vm)).isEmpty();
            assertThatThrownBy(() -> availability.remove(vm))
                    .isInstanceOfSatisfying(ProxmoxException.NotFound.class, e -> assertThat(e.thing())
                            .isEqualTo(ProxmoxException.NotFound.Thing.HA_RESOURCE));
        }
    }

    @Test
    void whatARollbackStopsIsStartedAgain() {
        try (var lab = Lab.start()) {
            // given
            var vm = lab.createdVm(100, Map.of("scsi0", "local-lvm:1"));
            var snapshots = lab.client().snapshots();
            lab.succeed(snapshots.take(vm, "before", false, ""));
            lab.client().highAvailability().add(vm, Map.of("state", "started"));
            await().until(() -> lab.client().guests().state(vm).state() == RunState.RUNNING);

            // when
            lab.succeed(snapshots.rollBack(vm, "before"));

            // then
            assertThat(lab.client().guests().state(vm).state()).isEqualTo(RunState.STOPPED);
            await().until(() -> lab.client().guests().state(vm).state() == RunState.RUNNING);
        }
    }

    @Test
    void whoMayNotChangeItIsTold() {
        try (var lab = Lab.start()) {
            // given
            var vm = lab.createdVm(100, Map.of());
            try (var some = lab.clientWith("some@pve!look", "Sys.Audit", "VM.Audit")) {
                // when // then
                assertThatThrownBy(() -> some.highAvailability().add(vm, Map.of()))
                        .isInstanceOf(ProxmoxException.Forbidden.class)
                        .hasMessageContaining("Sys.Console");
            }
        }
    }
}
