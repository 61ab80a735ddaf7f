package cloud.pxc.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Starts parts side by side, each once those it needs are up. Closing waits for all, and throws what the first one failed of. */
final class SideBySide implements AutoCloseable {

    private final Progress progress;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<?>> parts = new ArrayList<>();

    SideBySide(Progress progress) {
        this.progress = progress;
    }

    /** @param start starts it, and returns where it is to be found */
    CompletableFuture<?> part(String name, Supplier<String> start, CompletableFuture<?>... needs) {
        var part = CompletableFuture.allOf(needs).thenRunAsync(() -> run(name, start), threads);
        parts.add(part);
        return part;
    }

    @Override
    public void close() {
        try (threads) {
            for (var part : parts) {
                part.join();
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run(String name, Supplier<String> start) {
        var before = System.nanoTime();
        var where = start.get();
        progress.started(name, Duration.ofNanos(System.nanoTime() - before), where);
    }
}
