package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.world.proxmox.GuestView;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kill -9} of the operator while it makes and unmakes machines: no guest is doubled, none is left. */
@ExtendWith(InCloud.class)
class StackCrashTest {

    /** More of them by {@code -Dpxc.crashes=10}. */
    private static final int CRASHES = Integer.getInteger("pxc.crashes", 2);

    private static final int MACHINES = 4;
    private static final int LATEST_MILLIS = 3000;

    @Test
    void killedAtRandomMomentsItEndsUpWithTheMachinesThatWereAskedFor(Cloud cloud) {
        var moments = new Random(CRASHES);
        try (var pasture = Pasture.of(cloud, "crashing", 2)) {
            pasture.plot().apply(pasture.manifest());
            Plot.becomesTrue(pasture::ready);
            for (var crash = 0; crash < CRASHES; crash++) {
                // given
                var stack = "shop-" + crash;
                pasture.plot().apply(pasture.stackManifest(stack));
                LockSupport.parkNanos(
                        Duration.ofMillis(moments.nextInt(LATEST_MILLIS)).toNanos());

                // when
                cloud.operator().kill();
                cloud.operator().start();

                // then
                Plot.becomesTrue(() -> pasture.stackReady(stack));
                assertThat(pasture.guests()).hasSize(MACHINES).allMatch(guest -> guest.status()
                        .equals("running"));
                assertThat(pasture.guests().stream().map(GuestView::vmid))
                        .containsExactlyInAnyOrderElementsOf(pasture.machines().stream()
                                .map(machine -> machine.getStatus().vmid())
                                .toList());
                assertThat(
                                pasture.plot()
                                        .ledgerRows(
                                                "lease where namespace = 'crashing' and kind = 'Machine' and pool like '%vmid%'"))
                        .isEqualTo(MACHINES);

                // when
                pasture.plot().delete(pasture.stack(stack));
                LockSupport.parkNanos(
                        Duration.ofMillis(moments.nextInt(LATEST_MILLIS / 3)).toNanos());
                cloud.operator().kill();
                cloud.operator().start();

                // then
                await().until(() -> pasture.guests().isEmpty());
                await().until(() -> pasture.volumes().isEmpty());
                await().until(() -> pasture.plot().ledgerRows("lease where namespace = 'crashing'") == 0);
            }
        }
    }
}
