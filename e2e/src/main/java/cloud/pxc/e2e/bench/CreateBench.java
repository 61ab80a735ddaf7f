package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.world.proxmox.NodeSpec;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * From stacks that are applied to their machines that all run, beside the schedule in which no node is ever idle.
 *
 * @param goal for the ratio of the two
 * @param faults share of calls that go wrong, one way or another
 */
record CreateBench(String metric, double goal, double faults) implements Suite {

    static final int MACHINES = Integer.getInteger("pxc.bench.machines", 1000);
    private static final int STACKS = 10;
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Override
    public List<Figure> run(Stage stage) {
        var cloud = stage.cloud();
        var times = TaskTimes.usual();
        var ideal = times.ideal(MACHINES, NODES);
        try (var proxmox = times.on(nodes()).start();
                var herd = Herd.of(cloud, metric.replace('_', '-'), proxmox);
                var running = new RunningMachines(cloud, herd)) {
            var weather = faults == 0 ? Weather.fine() : Weather.of(proxmox, faults);
            stage.say(metric + ": " + MACHINES + " machines; the ideal schedule takes " + ideal.toMillis() / 1000.0
                    + " s");
            var begun = System.nanoTime();
            herd.apply(STACKS, MACHINES);
            await("all machines run")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> {
                        stage.say(
                                "  " + (System.nanoTime() - begun) / 1_000_000_000 + " s: " + running.count() + " run");
                        return running.count() == MACHINES;
                    });
            var took = Duration.ofNanos(running.lastNanos() - begun);
            weather.end();
            return List.of(Figure.of(metric)
                    .with("value", took.toMillis() / 1000.0)
                    .with("unit", "s")
                    .with("raw", ideal.toMillis() / 1000.0)
                    .with("ratio", (double) took.toNanos() / ideal.toNanos())
                    .with("n", MACHINES)
                    .counting("duplicates", Verdicts.duplicates(herd.machines()))
                    .counting("orphans", Verdicts.orphans(herd.machines(), proxmox))
                    .with(
                            "first_creation_after",
                            creations(proxmox)
                                            .mapToLong(TaskView::begunNanos)
                                            .map(nanos -> nanos - begun)
                                            .min()
                                            .orElse(0)
                                    / 1e9)
                    .with(
                            "last_creation_after",
                            creations(proxmox)
                                            .mapToLong(task -> task.endedNanos().orElse(begun) - begun)
                                            .max()
                                            .orElse(0)
                                    / 1e9)
                    .with("calls_per_machine", calls(proxmox) / MACHINES)
                    .with("scale", times.scale())
                    .atMost("ratio", goal)
                    .atMost("duplicates", 0)
                    .atMost("orphans", 0));
        }
    }

    /** With room for all of them. */
    static SimulatedProxmox.Builder nodes() {
        return SimulatedProxmox.builder()
                .nodes(
                        new NodeSpec("pve1", 128, 1L << 40),
                        new NodeSpec("pve2", 128, 1L << 40),
                        new NodeSpec("pve3", 128, 1L << 40));
    }

    private static Stream<TaskView> creations(SimulatedProxmox proxmox) {
        return proxmox.tasks().stream().filter(task -> task.type().equals("qmcreate"));
    }

    private static double calls(SimulatedProxmox proxmox) {
        return proxmox.requests().counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
