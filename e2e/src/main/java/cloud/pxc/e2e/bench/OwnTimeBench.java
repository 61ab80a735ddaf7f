package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.world.proxmox.CallView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import cloud.pxc.world.proxmox.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the operator itself takes of a single machine's way from its stack to running: everything but the calls of Proxmox VE,
 * and the time in which it had last been told that a task runs.
 */
final class OwnTimeBench implements Suite {

    private static final int WARM_UP = Integer.getInteger("pxc.bench.warm-up", 200);
    private static final int MACHINES = Integer.getInteger("pxc.bench.singles", 50);
    private static final double SCALE = 0.1;

    @Override
    public List<Figure> run(Stage stage) {
        var cloud = stage.cloud();
        stage.say("own_time: " + MACHINES + " machines, one after the other");
        try (var proxmox = new TaskTimes(SCALE, 4).on(CreateBench.nodes()).start();
                var herd = Herd.of(cloud, "own-time", proxmox);
                var running = new RunningMachines(cloud, herd)) {
            var calls = new ConcurrentLinkedQueue<CallView>();
            proxmox.requests().listen(calls::add);
            var own = new ArrayList<Double>();
            var before = new ArrayList<Map<String, Long>>();
            var late = new ArrayList<Double>();
            var whole = new ArrayList<Double>();
            warmUp(herd, running);
            for (var number = 0; number < MACHINES; number++) {
                calls.clear();
                var machines = number + 1;
                var begun = System.nanoTime();
                herd.scale("single-" + number, 1);
                await("machine " + machines + " runs")
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> running.count() == machines);
                var way = new Way(begun, running.lastNanos(), calls, proxmox);
                own.add(way.own() / 1e6);
                before.add(way.before());
                late.add(way.seenLate() / 1e6);
                whole.add((running.lastNanos() - begun) / 1e6);
            }
            return List.of(
                    percentiles("own_time", own)
                            .with("p50_before", medians(before))
                            .atMost("p50", 100),
                    percentiles("task_ends_seen_late", late),
                    percentiles("stack_to_running", whole).with("scale", SCALE));
        }
    }

    /** An operator that has worked for a while: its code is compiled, its connections are there. */
    private static void warmUp(Herd herd, RunningMachines running) {
        herd.apply(WARM_UP, WARM_UP);
        await("the first " + WARM_UP + " machines run")
                .atMost(Duration.ofMinutes(5))
                .until(() -> running.count() == WARM_UP);
        herd.clear();
        await("they are gone").until(() -> running.count() == 0);
    }

    /** Of each part, over all ways: most have none of some. */
    private static Map<String, Double> medians(List<Map<String, Long>> ways) {
        var medians = new LinkedHashMap<String, Double>();
        ways.stream()
                .flatMap(way -> way.keySet().stream())
                .distinct()
                .forEach(call -> medians.put(
                        call,
                        Percentiles.of(ways.stream()
                                        .map(way -> way.getOrDefault(call, 0L) / 1e6)
                                        .toList())
                                .at(50)));
        return medians;
    }

    private static Figure percentiles(String metric, List<Double> millis) {
        var of = Percentiles.of(millis);
        return Figure.of(metric)
                .with("value", of.at(50))
                .with("unit", "ms")
                .with("p50", of.at(50))
                .with("p99", of.at(99))
                .with("n", millis.size());
    }

    /** One machine's way. */
    private record Way(long begun, long ended, List<CallView> calls, List<TaskView> tasks) {

        Way(long begun, long ended, Queue<CallView> calls, SimulatedProxmox proxmox) {
            this(
                    begun,
                    ended,
                    calls.stream()
                            .filter(call -> call.begunNanos() < ended)
                            .sorted(Comparator.comparingLong(CallView::begunNanos))
                            .toList(),
                    proxmox.tasks().stream()
                            .filter(task -> task.begunNanos() > begun && task.begunNanos() < ended)
                            .toList());
        }

        long own() {
            return before().values().stream().mapToLong(Long::longValue).sum();
        }

        /** Its parts, each by the call that it came before. */
        Map<String, Long> before() {
            var before = new LinkedHashMap<String, Long>();
            var at = begun;
            var waits = false;
            for (var call : calls.stream().filter(this::isOwn).toList()) {
                if (!waits && call.begunNanos() > at) {
                    before.merge(call.call(), call.begunNanos() - at, Long::sum);
                }
                at = Math.max(at, call.endedNanos());
                waits = taskRuns(call);
            }
            before.merge("running", Math.max(0, ended - at), Long::sum);
            return before;
        }

        /** From the end of each task to the next call, all tasks together. */
        long seenLate() {
            return tasks.stream()
                    .mapToLong(task -> calls.stream()
                            .filter(this::isOwn)
                            .filter(call ->
                                    call.begunNanos() >= task.endedNanos().orElse(ended))
                            .findFirst()
                            .map(call -> call.begunNanos() - task.endedNanos().orElse(ended))
                            .orElse(0L))
                    .sum();
        }

        /** Not the poll of the whole, and none for a machine that was there before. */
        private boolean isOwn(CallView call) {
            return !call.call().contains(" /cluster/")
                    && tasks.stream()
                            .filter(task -> task.type().equals("qmcreate"))
                            .allMatch(task -> call.vmid().isEmpty()
                                    || task.id()
                                            .equals(Integer.toString(call.vmid().getAsInt())));
        }

        /** As far as the answer to this call could tell. */
        private boolean taskRuns(CallView call) {
            return tasks.stream()
                    .anyMatch(task -> task.begunNanos() <= call.endedNanos()
                            && task.endedNanos().orElse(Long.MAX_VALUE) > call.begunNanos());
        }
    }
}
