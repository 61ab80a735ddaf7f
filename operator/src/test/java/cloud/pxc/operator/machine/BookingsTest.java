package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.operator.machine.Bookings.Booking;
import cloud.pxc.operator.machine.Bookings.Promised;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Vmid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BookingsTest {

    private static final long GIBIBYTE = 1L << 30;

    private final Bookings bookings = new Bookings();

    @Test
    void whatIsReservedCountsBeforeItIsSeenAndOnceWhenItIs() {
        bookings.put(booking("a", 100, "pve1", 4));
        assertThat(bookings.on("pve1", view())).isEqualTo(new Promised(1, 4 * GIBIBYTE));

        assertThat(bookings.on("pve1", view(guest(100, "pve1", 4)))).isEqualTo(new Promised(1, 4 * GIBIBYTE));
    }

    @Test
    void aGuestWhoseSizeProxmoxDoesNotTellYetCountsAsItWasBooked() {
        bookings.put(booking("a", 100, "pve1", 4));

        assertThat(bookings.on("pve1", view(guest(100, "pve1", 0)))).isEqualTo(new Promised(1, 4 * GIBIBYTE));
    }

    @Test
    void guestsOfOthersCountAndTemplatesDoNot() {
        var template = new GuestResource(
                new GuestId(GuestType.QEMU, "pve1", new Vmid(900)),
                "template",
                RunState.STOPPED,
                Set.of(),
                true,
                Optional.empty(),
                2,
                8 * GIBIBYTE);

        assertThat(bookings.on("pve1", view(guest(500, "pve1", 2), template))).isEqualTo(new Promised(1, 2 * GIBIBYTE));
    }

    @Test
    void aGuestThatHasMovedCountsWhereItIs() {
        bookings.put(booking("a", 100, "pve1", 4));
        var view = view(guest(100, "pve2", 4));

        assertThat(bookings.on("pve1", view)).isEqualTo(Promised.NOTHING);
        assertThat(bookings.on("pve2", view)).isEqualTo(new Promised(1, 4 * GIBIBYTE));
    }

    @Test
    void aGuestOnItsWayCountsOnBothNodesUntilItIsSeenWhereItGoes() {
        bookings.expect(booking("a", 100, "pve2", 4));
        var before = view(guest(100, "pve1", 4));

        assertThat(bookings.on("pve1", before)).isEqualTo(new Promised(1, 4 * GIBIBYTE));
        assertThat(bookings.on("pve2", before)).isEqualTo(new Promised(1, 4 * GIBIBYTE));
        assertThat(bookings.on("pve2", view(guest(100, "pve2", 4)))).isEqualTo(new Promised(1, 4 * GIBIBYTE));
        bookings.put(booking("a", 100, "pve1", 4));
        assertThat(bookings.on("pve2", before)).isEqualTo(Promised.NOTHING);
    }

    @Test
    void theNodesOfASetAreCountedUntilItsMachinesGo() {
        bookings.put(booking("a", 100, "pve1", 1));
        bookings.put(booking("b", 101, "pve1", 1));
        bookings.put(booking("c", 102, "pve2", 1));
        assertThat(bookings.peers("set")).isEqualTo(Map.of("pve1", 2, "pve2", 1));

        bookings.put(booking("b", 101, "pve2", 1));
        bookings.remove("a");

        assertThat(bookings.peers("set")).isEqualTo(Map.of("pve2", 2));
        assertThat(bookings.peers("other")).isEmpty();
    }

    @Property(tries = 300)
    void countedStepByStepIsCountedAnew(@ForAll long seed) {
        var random = new Random(seed);
        var stepwise = new Bookings();
        var booked = new HashMap<String, Booking>();
        var view = view(guest(100, "pve1", 4), guest(101, "pve2", 0), guest(110, "pve1", 2));
        for (var step = 0; step < 30; step++) {
            var number = random.nextInt(6);
            var uid = "m" + number;
            if (random.nextInt(3) == 0) {
                stepwise.remove(uid);
                booked.remove(uid);
            } else {
                var booking = booking(uid, 100 + number, "pve" + (1 + random.nextInt(3)), 1 + random.nextInt(8));
                stepwise.put(booking);
                booked.put(uid, booking);
            }
            // Looking counts; what is booked later is added to that.
            stepwise.on("pve1", view);
        }

        var anew = new Bookings();
        booked.values().forEach(anew::put);
        for (var node : List.of("pve1", "pve2", "pve3")) {
            assertThat(stepwise.on(node, view)).isEqualTo(anew.on(node, view));
        }
        assertThat(stepwise.peers("set")).isEqualTo(anew.peers("set"));
    }

    private static Booking booking(String uid, int vmid, String node, int gibibytes) {
        return new Booking(uid, new Vmid(vmid), node, 1, gibibytes * GIBIBYTE, "set");
    }

    private static ClusterView view(GuestResource... guests) {
        return new ClusterView(new Inventory(List.of(), List.of(guests), List.of()));
    }

    /** @param gibibytes 0: not told yet */
    private static GuestResource guest(int vmid, String node, int gibibytes) {
        return new GuestResource(
                new GuestId(GuestType.QEMU, node, new Vmid(vmid)),
                "",
                RunState.RUNNING,
                Set.of(),
                false,
                Optional.empty(),
                gibibytes == 0 ? 0 : 1,
                gibibytes * GIBIBYTE);
    }
}
