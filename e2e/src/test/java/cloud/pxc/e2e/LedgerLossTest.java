package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.proxmox.GuestView;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger is gone, and comes back empty: what machines have stays theirs. */
@ExtendWith(InCloud.class)
class LedgerLossTest {

    private static final int MACHINES = 8;

    @Test
    void leasesAreRebuiltFromWhatMachinesHave(Cloud cloud) throws SQLException {
        try (var pasture = Pasture.of(cloud, "forgotten", 4)) {
            // given
            pasture.plot().apply(pasture.manifest());
            Plot.becomesTrue(pasture::ready);
            pasture.plot().apply(pasture.stackManifest("before"));
            Plot.becomesTrue(() -> pasture.stackReady("before"));
            cloud.operator().stop();
            lose(cloud, "lease where namespace = 'forgotten'");

            // when
            cloud.operator().start();
            pasture.plot().apply(pasture.stackManifest("after"));
            Plot.becomesTrue(() -> pasture.stackReady("after"));

            // then
            var machines = pasture.machines();
            assertThat(machines).hasSize(MACHINES);
            assertThat(machines.stream().flatMap(machine -> machine.getStatus().addresses().stream()))
                    .hasSize(MACHINES)
                    .doesNotHaveDuplicates();
            assertThat(machines.stream().flatMap(machine -> machine.getStatus().macs().stream()))
                    .hasSize(MACHINES)
                    .doesNotHaveDuplicates();
            assertThat(pasture.guests().stream().map(GuestView::vmid))
                    .containsExactlyInAnyOrderElementsOf(machines.stream()
                            .map(machine -> machine.getStatus().vmid())
                            .toList());
            for (var pool : List.of("vmid", "mac", "address")) {
                assertThat(pasture.plot()
                                .ledgerRows("lease where namespace = 'forgotten' and pool like '" + pool + "/%'"))
                        .as("leases of pool %s", pool)
                        .isEqualTo(MACHINES);
            }
        }
    }

    private static void lose(Cloud cloud, String rows) throws SQLException {
        try (var connection = cloud.world().database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("delete from " + rows);
        }
    }
}
