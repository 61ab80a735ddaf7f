package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass came to.
 *
 * @param again when to look again; empty: when something is heard of it
 * @param waitingForStart settings that its guest takes only at its next start; empty where that was not looked at
 */
record Outcome(
        Progress progress,
        Phase phase,
        Verdict verdict,
        Optional<Duration> again,
        Optional<Set<String>> waitingForStart) {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    Outcome(Progress progress, Phase phase, Verdict verdict, Optional<Duration> again) {
        this(progress, phase, verdict, again, Optional.empty());
    }

    /** Whether the next step can follow at once. */
    boolean goesOn() {
        return again.filter(AT_ONCE::equals).isPresent();
    }

    /** One step further; the next follows at once. */
    static Outcome further(Progress progress, Phase phase, MachineReason reason, String message) {
        return new Outcome(progress, phase, new Verdict.Progressing(reason, message), Optional.of(AT_ONCE));
    }
}
