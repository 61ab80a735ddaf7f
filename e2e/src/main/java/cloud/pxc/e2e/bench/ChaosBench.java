package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.e2e.Cloud;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Everything that can go wrong goes wrong while stacks grow and shrink and the operator is killed again and again. Then the
 * weather clears up, and what there is has to be what is declared.
 */
final class ChaosBench implements Suite {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("pxc.bench.chaos-seconds", 600));
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(4);
    private static final Duration CALMING = Duration.ofMinutes(10);
    private static final int STACKS = 5;
    private static final int MOST_MACHINES = 8;
    private static final double SCALE = 0.1;
    private static final long SEED = Long.getLong("pxc.bench.seed", 1);

    @Override
    public List<Figure> run(Stage stage) {
        var cloud = stage.cloud();
        var random = new Random(SEED);
        stage.say("chaos: " + LENGTH.toSeconds() + " s of bad weather, seed " + SEED);
        try (var proxmox = new TaskTimes(SCALE, 4)
                        .on(CreateBench.nodes())
                        .seed(SEED)
                        .start();
                var herd = Herd.of(cloud, "chaos", proxmox);
                var person = new Caretaker(herd, proxmox);
                var storm = new Storm(proxmox, random)) {
            var end = System.nanoTime() + LENGTH.toNanos();
            var nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
            var kills = 0;
            var changes = 0;
            while (System.nanoTime() < end) {
                herd.scale("stack-" + random.nextInt(STACKS), random.nextInt(MOST_MACHINES + 1));
                changes++;
                storm.blow();
                person.tidyUp();
                LockSupport.parkNanos(random.nextLong(BETWEEN_CHANGES.toNanos()));
                if (System.nanoTime() > nextKill) {
                    kill(cloud);
                    kills++;
                    nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
                }
            }
            storm.calm();
            var settled = settled(stage, herd, person, proxmox);
            return List.of(Figure.of("chaos")
                    .counting("value", differences(herd, proxmox))
                    .with("unit", "differences")
                    .with("seconds", LENGTH.toSeconds())
                    .with("kills", kills)
                    .with("changes", changes)
                    .with("faults", storm.counts())
                    .with("cleared_by_hand", person.cleared())
                    .with("machines", herd.machines().size())
                    .with("settled_after_seconds", settled.toSeconds())
                    .with("seed", SEED)
                    .atMost("value", 0));
        }
    }

    private static List<String> differences(Herd herd, SimulatedProxmox proxmox) {
        return Stream.concat(herd.miscounted().stream(), Verdicts.differences(herd.machines(), proxmox).stream())
                .toList();
    }

    private static void kill(Cloud cloud) {
        cloud.operator().kill();
        cloud.operator().start();
    }

    /** How long it took until there was nothing left to do, or the patience was over. */
    private static Duration settled(Stage stage, Herd herd, Caretaker person, SimulatedProxmox proxmox) {
        var begun = System.nanoTime();
        try {
            await("nothing differs")
                    .atMost(CALMING)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        person.tidyUp();
                        return differences(herd, proxmox).isEmpty();
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            stage.say("chaos: not settled after " + CALMING.toMinutes() + " min: " + herd.troubles() + "; guests: "
                    + proxmox.guests());
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
