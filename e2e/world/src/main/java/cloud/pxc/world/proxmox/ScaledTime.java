package cloud.pxc.world.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The cluster's time: durations of the real Proxmox VE, shortened by one factor, so that what takes 10 s there keeps
 * its
 * proportion to what takes 1 s.
 *
 * @param scale real seconds per simulated second: 1 is as slow as reality, 0 takes no time at all
 */
record ScaledTime(double scale, Clock clock) {
    ScaledTime {
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("timeScale must be 0 or more, was " + scale);
        }
    }

    Instant now() {
        return clock.instant();
    }

    long epochSecond() {
        return clock.instant().getEpochSecond();
    }

    /** How long something lasts here that lasts {@code simulated} in reality. */
    Duration real(Duration simulated) {
        return Duration.ofNanos(Math.round(simulated.toNanos() * scale));
    }

    /** Lets simulated time pass. Interrupting is how a task is stopped. */
    void pass(Duration simulated) throws InterruptedException {
        Thread.sleep(real(simulated));
    }
}
