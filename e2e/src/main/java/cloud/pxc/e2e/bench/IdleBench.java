package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What many machines cost that nobody touches, and how soon it is seen when somebody does, past the operator. */
final class IdleBench implements Suite {

    private static final Duration QUIET = Duration.ofSeconds(Integer.getInteger("pxc.bench.quiet-seconds", 60));
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final int CHANGES = 5;

    @Override
    public List<Figure> run(Stage stage) {
        var cloud = stage.cloud();
        var machines = CreateBench.MACHINES;
        stage.say("idle_calls: " + machines + " machines are made first");
        try (var proxmox = new TaskTimes(0.02, 64).on(CreateBench.nodes()).start();
                var herd = Herd.of(cloud, "idle", proxmox);
                var running = new RunningMachines(cloud, herd)) {
            herd.apply(10, machines);
            await("all machines run")
                    .atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> running.count() == machines);
            await("everything is settled")
                    .pollDelay(SETTLING)
                    .atMost(SETTLING.multipliedBy(2))
                    .until(() -> true);
            var before = proxmox.requests().counts();
            var begun = System.nanoTime();
            await("a quiet time has passed")
                    .pollDelay(QUIET)
                    .atMost(QUIET.plusSeconds(10))
                    .until(() -> true);
            var calls = since(before, proxmox.requests().counts());
            var seconds = (System.nanoTime() - begun) / 1e9;
            var count = calls.values().stream().mapToLong(Long::longValue).sum();
            var seen = seenAfter(herd, running, proxmox);
            return List.of(
                    Figure.of("idle_calls")
                            .with("value", count / seconds)
                            .with("unit", "1/s")
                            .with("n", machines)
                            .with("calls", calls)
                            .atMost("value", 0.2),
                    Figure.of("change_by_hand_seen")
                            .with("value", Percentiles.of(seen).at(50))
                            .with("unit", "s")
                            .with("max", Percentiles.of(seen).at(100))
                            .with("n", seen.size())
                            .atMost("max", 6));
        }
    }

    /** Guests are destroyed by hand, one after the other, until their machines say that they are missing. */
    private static List<Double> seenAfter(Herd herd, RunningMachines running, SimulatedProxmox proxmox) {
        var seen = new ArrayList<Double>();
        try (var hand = Hand.of(proxmox)) {
            for (var machine : herd.machines().subList(0, CHANGES)) {
                var guest = new GuestId(
                        GuestType.QEMU,
                        machine.getStatus().node(),
                        new Vmid(machine.getStatus().vmid()));
                await("it is destroyed by hand").ignoreExceptions().until(() -> gone(hand, guest, proxmox));
                var begun = System.nanoTime();
                await("that is seen")
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> !running.isReady(name(machine)));
                seen.add((System.nanoTime() - begun) / 1e9);
            }
        }
        return seen;
    }

    private static boolean gone(ProxmoxClient hand, GuestId guest, SimulatedProxmox proxmox) {
        if (proxmox.guests().stream()
                .noneMatch(each -> each.vmid() == guest.vmid().value())) {
            return true;
        }
        hand.guests().stop(guest);
        hand.guests().destroy(guest);
        return false;
    }

    private static String name(Machine machine) {
        return machine.getMetadata().getName();
    }

    private static Map<String, Long> since(Map<String, Long> before, Map<String, Long> after) {
        var grown = new TreeMap<String, Long>();
        after.forEach((what, count) -> grown.put(what, count - before.getOrDefault(what, 0L)));
        grown.values().removeIf(count -> count == 0);
        return grown;
    }
}
