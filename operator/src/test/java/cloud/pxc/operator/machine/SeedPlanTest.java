package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedPlanTest {

    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final Step SETTLE = new Step.Settle(GUEST, List.of(), Set.of(), List.of(), HardwareRecord.NOTHING);
    private static final Step START = new Step.Start(GUEST);
    private static final Optional<String> OLD = Optional.of("old");
    private static final Optional<String> NEW = Optional.of("new");
    private static final GuestSight OURS = new GuestSight.Ours(
            GUEST, RunState.RUNNING, Given.settled("ide2", "local:iso/a.iso,media=cdrom,size=374K"), Set.of());

    private final Machine plain = Given.machine();
    private final Machine detaching = Given.machine("cloudInit: {detachAfterFirstBoot: true}");
    private final Progress seeded = Progress.of(plain)
            .reserved(new Reservation(new Vmid(10000), List.of()), "pve1")
            .withSeed(Optional.of("local:iso/a.iso"))
            .withSeedHash(OLD)
            .foundOn("pve1");

    @Test
    void whatHasNotChangedIsLeftAsItIs() {
        assertThat(before(SETTLE, plain, seeded, OLD)).isEqualTo(SETTLE);
        assertThat(before(SETTLE, plain, seeded, Optional.empty())).isEqualTo(SETTLE);
        assertThat(before(SETTLE, detaching, seeded, OLD)).isEqualTo(SETTLE);
    }

    @Test
    void whatHasChangedIsRenewedBeforeTheGuestIsStartedOrLeftAsItIs() {
        var renew = new Step.RenewSeed(GUEST, Optional.of("local:iso/a.iso"));

        assertThat(before(SETTLE, plain, seeded, NEW)).isEqualTo(renew);
        assertThat(before(START, plain, seeded, NEW)).isEqualTo(renew);
        assertThat(before(new Step.Create("image"), plain, seeded, NEW)).isEqualTo(new Step.UploadSeed());
        assertThat(before(new Step.Stay(GUEST), plain, seeded, NEW)).isEqualTo(new Step.Stay(GUEST));
    }

    @Test
    void whereAGuestHasMovedToItsDataIsLookedForAgain() {
        assertThat(before(SETTLE, plain, seeded.foundOn("pve1"), OLD)).isEqualTo(SETTLE);
        assertThat(before(SETTLE, plain, seeded.foundOn("pve2"), OLD)).isInstanceOf(Step.RenewSeed.class);
    }

    @Test
    void afterTheFirstBootTheDriveIsEmptiedWhereThatIsSaidAndNeverFilledAgain() {
        var booted = seeded.onceStarted().onceBooted();
        var detached = booted.withSeed(Optional.empty()).withSeedHash(Optional.empty());

        assertThat(before(SETTLE, detaching, booted, NEW))
                .isEqualTo(new Step.DetachSeed(GUEST, Optional.of("local:iso/a.iso")));
        assertThat(before(SETTLE, plain, booted, OLD)).isEqualTo(SETTLE);
        assertThat(before(SETTLE, detaching, detached, NEW)).isEqualTo(SETTLE);
        assertThat(before(SETTLE, plain, detached, NEW)).isEqualTo(SETTLE);
    }

    @Test
    void whatARollbackHasBroughtBackIsTakenOutAgainOrReplacedByWhatIsThere() {
        // given
        var former = "local:iso/" + MachineIdentity.seedName(plain, "0a1b2c3d");
        var rolledBack =
                new GuestSight.Ours(GUEST, RunState.STOPPED, Given.settled("ide2", former + ",media=cdrom"), Set.of());
        var detached = seeded.withSeed(Optional.empty()).withSeedHash(Optional.empty());

        // when
        var without = SeedPlan.before(START, plain, detached, rolledBack, () -> OLD);
        var with = SeedPlan.before(START, plain, seeded, rolledBack, () -> OLD);

        // then
        assertThat(without).isEqualTo(new Step.DetachSeed(GUEST, Optional.of(former)));
        assertThat(with).isEqualTo(new Step.RenewSeed(GUEST, Optional.of(former)));
    }

    private static Step before(Step planned, Machine machine, Progress progress, Optional<String> wanted) {
        return SeedPlan.before(planned, machine, progress, OURS, () -> wanted);
    }
}
