package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.e2e.Cloud;
import cloud.pxc.world.proxmox.CallView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two operators that know nothing of each other take VMIDs of the same range on one Proxmox VE. */
final class RaceBench implements Suite {

    private static final int MACHINES = Integer.getInteger("pxc.bench.race-machines", 200);
    private static final double SCALE = 0.1;
    private static final Set<String> CREATING = Set.of("qmcreate", "imgcopy", "download", "imgdel");

    @Override
    public List<Figure> run(Stage stage) {
        var first = stage.cloud();
        stage.say("create_race: two clouds, " + MACHINES + " machines each, VMIDs of the same range");
        try (var second = Cloud.start();
                var proxmox = new TaskTimes(SCALE, 4).on(CreateBench.nodes()).start();
                var one = Herd.of(first, "race-one", proxmox);
                var other = Herd.of(second, "race-other", proxmox);
                var running = new RunningMachines(first, one);
                var runningToo = new RunningMachines(second, other)) {
            var changes = new ConcurrentLinkedQueue<CallView>();
            proxmox.requests().listen(call -> {
                if (call.vmid().isPresent() && !call.call().startsWith("GET") && call.status() == 200) {
                    changes.add(call);
                }
            });
            var begun = System.nanoTime();
            one.apply(4, MACHINES);
            other.apply(4, MACHINES);
            await("all machines run")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> running.count() == MACHINES && runningToo.count() == MACHINES);
            var seconds = (System.nanoTime() - begun) / 1e9;
            var machines = new ArrayList<>(one.machines());
            machines.addAll(other.machines());
            var found = Stream.concat(
                            Verdicts.differences(machines, proxmox).stream(), foreignTouches(proxmox, changes))
                    .toList();
            if (!found.isEmpty()) {
                stage.keepLogs(second, "bench-second");
            }
            return List.of(Figure.of("create_race")
                    .counting("value", found)
                    .with("unit", "duplicates and foreign touches")
                    .with("n", machines.size())
                    .with("collisions", collisions(proxmox))
                    .with("seconds", seconds)
                    .atMost("value", 0));
        }
    }

    /** Calls and tasks that changed a guest which somebody else had made. */
    private static Stream<String> foreignTouches(SimulatedProxmox proxmox, Queue<CallView> changes) {
        var makers = proxmox.tasks().stream()
                .filter(task -> task.type().equals("qmcreate")
                        && task.exitStatus().filter("OK"::equals).isPresent())
                .collect(Collectors.toMap(TaskView::id, TaskView::caller, (newer, older) -> newer));
        var tasks = proxmox.tasks().stream()
                .filter(task -> !CREATING.contains(task.type()))
                .filter(task -> isForeign(makers, task.id(), task.caller()))
                .map(task -> task.type() + " of " + task.id() + " by " + task.caller());
        var calls = changes.stream()
                .filter(call -> isForeign(makers, Integer.toString(call.vmid().getAsInt()), call.caller()))
                .map(call -> call.call() + " of " + call.vmid().getAsInt() + " by " + call.caller());
        return Stream.concat(tasks, calls);
    }

    private static boolean isForeign(Map<String, String> makers, String vmid, String caller) {
        return makers.containsKey(vmid) && !makers.get(vmid).equals(caller);
    }

    /** How often one of them wanted a VMID that the other had: more creations were called for than there are guests. */
    private static long collisions(SimulatedProxmox proxmox) {
        return proxmox.requests().count("POST", "/nodes/{node}/qemu")
                - proxmox.tasks().stream()
                        .filter(task -> task.type().equals("qmcreate"))
                        .count();
    }
}
