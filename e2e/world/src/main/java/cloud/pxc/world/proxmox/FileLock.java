package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A {@code flock} on a configuration file: shared or exclusive, with a timeout; any thread may let it go. */
final class FileLock {
    /** How long writers wait: {@code lock_config} of {@code PVE/AbstractConfig.pm}. */
    static final Duration USUAL_WAIT = Duration.ofSeconds(10);

    private static final int ALL = 1 << 16;

    private final String file;
    private final Semaphore permits = new Semaphore(ALL, true);

    FileLock(String file) {
        this.file = file;
    }

    /** Lets the lock go. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held exclusive(ScaledTime time, Duration wait) {
        return take(ALL, time, wait);
    }

    Held shared(ScaledTime time, Duration wait) {
        return take(1, time, wait);
    }

    /** Whether somebody holds it in a way that keeps a writer out. */
    boolean busy() {
        return permits.availablePermits() < ALL;
    }

    private Held take(int count, ScaledTime time, Duration wait) {
        try {
            // Half a second at least in real time: a busy machine is not a held lock, however fast simulated time runs.
            var limit = Math.max(time.real(wait).toMillis(), 500);
            if (!permits.tryAcquire(count, limit, TimeUnit.MILLISECONDS)) {
                throw ApiException.failure("can't lock file '" + file + "' - got timeout");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.failure("can't lock file '" + file + "' - interrupted by signal");
        }
        return () -> permits.release(count);
    }
}
