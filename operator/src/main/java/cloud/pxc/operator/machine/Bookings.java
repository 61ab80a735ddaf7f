package cloud.pxc.operator.machine;

import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.Vmid;
import java.util.HashMap;
import java.util.Map;

/**
 * What is promised on the nodes of one cluster: what its guests have, and what machines were given that the last poll does not
 * know, or does not know the size of, yet. Counted once for each poll; each booking then costs no more than itself.
 */
final class Bookings {

    /**
     * What a machine was given.
     *
     * @param memory octets
     * @param set of machines that it is spread with
     */
    record Booking(String uid, Vmid vmid, String node, int cores, long memory, String set) {}

    /** @param memory octets */
    record Promised(long cores, long memory) {

        static final Promised NOTHING = new Promised(0, 0);

        private Promised plus(Promised other) {
            return new Promised(cores + other.cores, memory + other.memory);
        }

        private Promised minus(Promised other) {
            return new Promised(cores - other.cores, memory - other.memory);
        }
    }

    private final Map<String, Booking> byUid = new HashMap<>();
    private final Map<Vmid, Booking> byVmid = new HashMap<>();
    /** How many machines of a set are on which node. */
    private final Map<String, Map<String, Integer>> sets = new HashMap<>();

    /** Those on their way to the node that they are booked on. */
    private final Map<String, Booking> coming = new HashMap<>();

    private ClusterView counted;
    private final Map<String, Promised> promised = new HashMap<>();

    /** It is elsewhere still and moves there: until it is seen there it takes room on both nodes. */
    void expect(Booking booking) {
        put(booking);
        coming.put(booking.uid(), booking);
    }

    void put(Booking booking) {
        coming.remove(booking.uid());
        if (booking.equals(byUid.get(booking.uid()))) {
            return;
        }
        remove(booking.uid());
        count(booking, -1);
        byUid.put(booking.uid(), booking);
        byVmid.put(booking.vmid(), booking);
        count(booking, 1);
        sets.computeIfAbsent(booking.set(), unknown -> new HashMap<>()).merge(booking.node(), 1, Integer::sum);
    }

    void remove(String uid) {
        coming.remove(uid);
        var booking = byUid.remove(uid);
        if (booking == null) {
            return;
        }
        count(booking, -1);
        byVmid.remove(booking.vmid(), booking);
        count(booking, 1);
        var nodes = sets.get(booking.set());
        nodes.computeIfPresent(booking.node(), (node, machines) -> machines == 1 ? null : machines - 1);
        if (nodes.isEmpty()) {
            sets.remove(booking.set());
        }
    }

    /** Nodes with machines of that set, and how many. */
    Map<String, Integer> peers(String set) {
        return sets.getOrDefault(set, Map.of());
    }

    Promised on(String node, ClusterView view) {
        if (counted != view) {
            recount(view);
        }
        return coming.values().stream()
                .filter(booking -> booking.node().equals(node))
                .filter(booking -> view.guest(booking.vmid())
                        .filter(seen -> !seen.id().node().equals(node))
                        .isPresent())
                .map(Bookings::size)
                .reduce(promised.getOrDefault(node, Promised.NOTHING), Promised::plus);
    }

    private void recount(ClusterView view) {
        counted = view;
        promised.clear();
        view.guests().values().forEach(guest -> count(guest.id().vmid(), 1));
        byVmid.keySet().stream().filter(vmid -> view.guest(vmid).isEmpty()).forEach(vmid -> count(vmid, 1));
    }

    private void count(Booking booking, int sign) {
        if (counted != null) {
            count(booking.vmid(), sign);
        }
    }

    /** Adds or takes away what is known of one VMID now. */
    private void count(Vmid vmid, int sign) {
        var booking = byVmid.get(vmid);
        var guest = counted.guest(vmid).filter(seen -> !seen.template());
        if (booking == null && guest.isEmpty()) {
            return;
        }
        var node = guest.map(seen -> seen.id().node()).orElseGet(() -> booking.node());
        var size = guest.map(seen -> size(seen, booking)).orElseGet(() -> size(booking));
        promised.merge(node, sign > 0 ? size : Promised.NOTHING.minus(size), Promised::plus);
    }

    /** Proxmox tells of a new guest at once, and how large it is some seconds later. */
    private static Promised size(GuestResource guest, Booking booking) {
        var booked = booking == null ? Promised.NOTHING : size(booking);
        return new Promised(Math.max(guest.cores(), booked.cores()), Math.max(guest.memory(), booked.memory()));
    }

    private static Promised size(Booking booking) {
        return new Promised(booking.cores(), booking.memory());
    }
}
