package cloud.pxc.operator.machine;

import cloud.pxc.operator.status.Verdict;

/** Why a step can't be done now, as a person should read it. */
final class Obstacle extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    Obstacle(Verdict verdict) {
        super(verdict.message());
        this.verdict = verdict;
    }

    static Obstacle failing(MachineReason reason, String message) {
        return new Obstacle(new Verdict.Failing(reason, message));
    }

    Verdict verdict() {
        return verdict;
    }
}
