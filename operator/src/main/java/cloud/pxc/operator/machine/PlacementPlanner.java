package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the node of one machine. Pure: the same rooms give the same node. */
public final class PlacementPlanner {

    private PlacementPlanner() {}

    /**
     * A node as it can be filled.
     *
     * @param zone the node's own name where no zone is declared
     * @param freeCores of what may be promised, with overcommit; may be negative
     * @param freeMemory octets, likewise
     * @param objection why nothing may be placed there, for example that it is offline; null where nothing speaks against it
     */
    record Room(String node, String zone, double freeCores, double freeMemory, String objection) {}

    /**
     * @param memory octets
     * @param pins the only nodes it may run on; any where there is none
     * @param peers nodes of the other machines of its set, with how many are there
     */
    record Wanted(int cores, long memory, Spread spread, Set<String> pins, Map<String, Integer> peers) {}

    /** What came of it. */
    public sealed interface Choice {
        record On(String node) implements Choice {}

        /** @param why node by node */
        record Nowhere(String why) implements Choice {}
    }

    static Choice choose(Wanted wanted, List<Room> rooms) {
        var objections = new ArrayList<String>();
        var fitting = new ArrayList<Room>();
        for (var room : rooms) {
            var objection = objection(wanted, room);
            if (objection == null) {
                fitting.add(room);
            } else {
                objections.add(room.node() + ": " + objection);
            }
        }
        var inZones = peersByZone(wanted, rooms);
        return fitting.stream()
                .min(Comparator.<Room>comparingInt(room -> inZones.getOrDefault(room.zone(), 0))
                        .thenComparingInt(room -> peersOnNode(wanted, room))
                        .thenComparing(
                                Comparator.comparingDouble(Room::freeMemory).reversed())
                        .thenComparing(Room::node))
                .<Choice>map(room -> new Choice.On(room.node()))
                .orElseGet(() -> new Choice.Nowhere(
                        objections.isEmpty() ? "the cluster has no nodes" : String.join("; ", objections)));
    }

    private static String objection(Wanted wanted, Room room) {
        if (!wanted.pins().isEmpty() && !wanted.pins().contains(room.node())) {
            return "placement.nodes does not name it";
        }
        if (room.objection() != null) {
            return room.objection();
        }
        if (room.freeMemory() < wanted.memory()) {
            return mebibytes(room.freeMemory()) + " MiB of memory free, " + mebibytes(wanted.memory()) + " MiB wanted";
        }
        if (room.freeCores() < wanted.cores()) {
            return (long) Math.floor(room.freeCores()) + " cores free, " + wanted.cores() + " wanted";
        }
        return null;
    }

    /** Only for a set that is spread over zones. */
    private static Map<String, Integer> peersByZone(Wanted wanted, List<Room> rooms) {
        var peers = new HashMap<String, Integer>();
        if (wanted.spread() == Spread.zone) {
            rooms.forEach(room -> peers.merge(room.zone(), wanted.peers().getOrDefault(room.node(), 0), Integer::sum));
        }
        return peers;
    }

    private static int peersOnNode(Wanted wanted, Room room) {
        return wanted.spread() == Spread.none ? 0 : wanted.peers().getOrDefault(room.node(), 0);
    }

    private static long mebibytes(double octets) {
        return (long) Math.floor(octets / Sizes.MEBIBYTE);
    }
}
