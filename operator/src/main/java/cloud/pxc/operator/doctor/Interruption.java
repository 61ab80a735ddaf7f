package cloud.pxc.operator.doctor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A person's wish that it end, told from another thread. It is heeded between two calls, never in the middle of one. */
final class Interruption {

    private final CountDownLatch wished = new CountDownLatch(1);

    void now() {
        wished.countDown();
    }

    /**
     * Waits that long, or until it is wished.
     *
     * @return whether it is wished
     */
    boolean within(Duration time) {
        try {
            return wished.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void check() {
        if (within(Duration.ZERO)) {
            throw new Interrupted();
        }
    }

    /** What was begun is to be undone, and nothing else begun. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super("interrupted");
        }
    }
}
