package cloud.pxc.operator.doctor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Lets work that is told to end (Ctrl-C, SIGTERM) clean up before this process goes. */
final class Departure {

    /** A cleaning up that takes longer than this has met a cluster that does not let go. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Departure() {}

    /** @param work is told by its argument when it is to end, and its process stays until it has returned */
    static int heedingSignals(ToIntFunction<Interruption> work) {
        var interruption = new Interruption();
        var over = new CountDownLatch(1);
        var hook = new Thread(
                () -> {
                    interruption.now();
                    await(over);
                },
                "departure");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.applyAsInt(interruption);
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
