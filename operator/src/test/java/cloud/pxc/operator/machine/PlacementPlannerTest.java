package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Spread;
import cloud.pxc.operator.machine.PlacementPlanner.Choice;
import cloud.pxc.operator.machine.PlacementPlanner.Room;
import cloud.pxc.operator.machine.PlacementPlanner.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementPlannerTest {

    private static final long GIBIBYTE = 1L << 30;

    @Test
    void ofEqualNodesTheOneWithMostFreeMemoryIsTaken() {
        assertThat(choose(wanted(1, Spread.none), room("pve1", 8, 4), room("pve2", 8, 16), room("pve3", 8, 8)))
                .isEqualTo(new Choice.On("pve2"));
    }

    @Test
    void aSetIsSpreadOverNodesFirstAndGoesByMemoryThen() {
        var wanted = wanted(1, Spread.node, Map.of("pve2", 1, "pve1", 2));

        assertThat(choose(wanted, room("pve1", 8, 32), room("pve2", 8, 16), room("pve3", 8, 8)))
                .isEqualTo(new Choice.On("pve3"));
        assertThat(choose(wanted, room("pve1", 8, 32), room("pve2", 8, 16))).isEqualTo(new Choice.On("pve2"));
    }

    @Test
    void aSetIsSpreadOverZonesAndWithinThemOverNodes() {
        var rooms = new Room[] {
            new Room("pve1", "a", 8, 8 * GIBIBYTE, null),
            new Room("pve2", "b", 8, 32 * GIBIBYTE, null),
            new Room("pve3", "b", 8, 16 * GIBIBYTE, null)
        };

        assertThat(choose(wanted(1, Spread.zone, Map.of("pve2", 1)), rooms)).isEqualTo(new Choice.On("pve1"));
        assertThat(choose(wanted(1, Spread.zone, Map.of("pve2", 1, "pve1", 1)), rooms))
                .isEqualTo(new Choice.On("pve3"));
    }

    @Test
    void aSetThatIsNotSpreadMayGatherOnOneNode() {
        assertThat(choose(wanted(1, Spread.none, Map.of("pve1", 5)), room("pve1", 8, 32), room("pve2", 8, 16)))
                .isEqualTo(new Choice.On("pve1"));
    }

    @Test
    void whereNothingFitsEveryNodeSaysWhy() {
        var wanted = new Wanted(4, 8 * GIBIBYTE, Spread.node, Set.of("pve1", "pve2", "pve3"), Map.of());

        var choice = choose(
                wanted,
                room("pve1", 8, 4),
                room("pve2", 3, 16),
                new Room("pve3", "pve3", 8, 32 * GIBIBYTE, "offline"),
                room("pve4", 8, 32));

        assertThat(choice)
                .isEqualTo(new Choice.Nowhere("pve1: 4096 MiB of memory free, 8192 MiB wanted; pve2: 3 cores free,"
                        + " 4 wanted; pve3: offline; pve4: placement.nodes does not name it"));
    }

    @Test
    void aClusterWithoutNodesSaysSo() {
        assertThat(choose(wanted(1, Spread.node))).isEqualTo(new Choice.Nowhere("the cluster has no nodes"));
    }

    @Property
    void aNodeThatDoesNotFitIsNeverChosen(
            @ForAll("rooms") List<Room> rooms,
            @ForAll @IntRange(min = 1, max = 16) int cores,
            @ForAll @IntRange(min = 1, max = 64) int gibibytes,
            @ForAll Spread spread,
            @ForAll Set<@IntRange(min = 0, max = 9) Integer> pinned) {
        var pins = Set.copyOf(pinned.stream().map(number -> "pve" + number).toList());
        var wanted = new Wanted(cores, gibibytes * GIBIBYTE, spread, pins, Map.of());

        var choice = PlacementPlanner.choose(wanted, rooms);

        var fitting = rooms.stream()
                .filter(room -> room.objection() == null)
                .filter(room -> room.freeCores() >= cores && room.freeMemory() >= gibibytes * GIBIBYTE)
                .map(Room::node)
                .filter(node -> pins.isEmpty() || pins.contains(node))
                .toList();
        switch (choice) {
            case Choice.On(var node) -> assertThat(fitting).contains(node);
            case Choice.Nowhere nowhere -> assertThat(fitting).isEmpty();
        }
    }

    @Property
    void whatIsSpreadOverNodesWithRoomEnoughIsBalanced(
            @ForAll @IntRange(min = 1, max = 8) int nodes, @ForAll @IntRange(min = 1, max = 40) int machines) {
        var rooms = IntStream.range(0, nodes)
                .mapToObj(number -> new Room("pve" + number, "zone" + number % 3, 1000, 1000.0 * GIBIBYTE, null))
                .toList();

        var onNodes = placeAll(rooms, Spread.node, machines);
        var byZones = placeAll(rooms, Spread.zone, machines);

        assertThat(most(onNodes) - least(onNodes)).isLessThanOrEqualTo(1);
        var zones = new HashMap<String, Integer>();
        rooms.forEach(room -> zones.merge(room.zone(), byZones.get(room.node()), Integer::sum));
        assertThat(most(zones) - least(zones)).isLessThanOrEqualTo(1);
    }

    private static Map<String, Integer> placeAll(List<Room> rooms, Spread spread, int machines) {
        var peers = new HashMap<String, Integer>();
        rooms.forEach(room -> peers.put(room.node(), 0));
        for (var i = 0; i < machines; i++) {
            var on = (Choice.On)
                    PlacementPlanner.choose(new Wanted(1, GIBIBYTE, spread, Set.of(), Map.copyOf(peers)), rooms);
            peers.merge(on.node(), 1, Integer::sum);
        }
        return peers;
    }

    private static int most(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).max().orElseThrow();
    }

    private static int least(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).min().orElseThrow();
    }

    @Provide
    static Arbitrary<List<Room>> rooms() {
        var free = Combinators.combine(
                        Arbitraries.doubles().between(-4, 32),
                        Arbitraries.longs().between(-8, 128),
                        Arbitraries.of("offline", "storage ceph is not available there")
                                .injectNull(0.7))
                .as((cores, memory, objection) -> new Room("", "", cores, memory * GIBIBYTE, objection));
        return free.list().ofMaxSize(8).map(list -> {
            var rooms = new ArrayList<Room>();
            for (var i = 0; i < list.size(); i++) {
                var each = list.get(i);
                rooms.add(new Room("pve" + i, "zone" + i % 2, each.freeCores(), each.freeMemory(), each.objection()));
            }
            return rooms;
        });
    }

    private static Choice choose(Wanted wanted, Room... rooms) {
        return PlacementPlanner.choose(wanted, List.of(rooms));
    }

    private static Wanted wanted(int gibibytes, Spread spread) {
        return wanted(gibibytes, spread, Map.of());
    }

    private static Wanted wanted(int gibibytes, Spread spread, Map<String, Integer> peers) {
        return new Wanted(1, gibibytes * GIBIBYTE, spread, Set.of(), peers);
    }

    private static Room room(String node, int cores, int gibibytes) {
        return new Room(node, node, cores, (double) gibibytes * GIBIBYTE, null);
    }
}
