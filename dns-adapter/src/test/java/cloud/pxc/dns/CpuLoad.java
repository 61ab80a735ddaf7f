package cloud.pxc.dns;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Keeps every processor busy until it is closed, so that a race is lost in a test rather than in production. */
final class CpuLoad implements AutoCloseable {

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads;

    private CpuLoad(int count) {
        threads = IntStream.range(0, count)
                .mapToObj(
                        i -> Thread.ofPlatform().daemon().name("cpu-load-" + i).start(this::burn))
                .toList();
    }

    static CpuLoad onAllProcessors() {
        return new CpuLoad(2 * Runtime.getRuntime().availableProcessors());
    }

    private void burn() {
        while (!over.get()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        over.set(true);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a load ended", e);
            }
        }
    }
}
