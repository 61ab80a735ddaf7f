package cloud.pxc.operator.doctor;

import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param look between two looks at a task
 * @param task for a task to end
 * @param lastTask for one that is under way when everything is to be removed; it is stopped after that
 * @param tries how often a removal is tried
 * @param pause between two tries
 */
record Patience(Duration look, Duration task, Duration lastTask, int tries, Duration pause) {

    static final Patience USUAL = new Patience(
            Duration.ofMillis(500), Duration.ofMinutes(5), Duration.ofSeconds(30), 6, Duration.ofSeconds(3));

    Patience whenLeaving() {
        return new Patience(look, lastTask, lastTask, tries, pause);
    }
}
