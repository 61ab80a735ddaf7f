package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.status.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * What a pass came to.
 *
 * @param again when to look again; empty: when something is heard of it
 */
record SnapshotOutcome(SnapshotProgress progress, SnapshotPhase phase, Verdict verdict, Optional<Duration> again) {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** One step further; the next follows at once. */
    static SnapshotOutcome further(
            SnapshotProgress progress, SnapshotPhase phase, SnapshotReason reason, String message) {
        return new SnapshotOutcome(progress, phase, new Verdict.Progressing(reason, message), Optional.of(AT_ONCE));
    }
}
