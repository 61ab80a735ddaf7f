package cloud.pxc.operator.doctor;

import cloud.pxc.operator.doctor.TaskEnd.Overdue;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does one thing after the other, waits for each to end, and tells how it went and how long it took. */
final class Workbench {

    private final TaskEnd taskEnd;
    private final Traces traces;
    private final Clock clock;
    private final Interruption interruption;
    private final Consumer<Step> tell;

    Workbench(TaskEnd taskEnd, Traces traces, Clock clock, Interruption interruption, Consumer<Step> tell) {
        this.taskEnd = taskEnd;
        this.traces = traces;
        this.clock = clock;
        this.interruption = interruption;
        this.tell = tell;
    }

    /** A step did not go well, and that has been told. */
    static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepFailed(String what, RuntimeException cause) {
            super(what + " failed: " + cause.getMessage(), cause);
        }

        StepFailed(String what, String why) {
            super(what + " failed: " + why);
        }
    }

    /** @param call starts a task; one that returns none was carried out at once */
    void step(String what, Supplier<Optional<Upid>> call) {
        var since = clock.instant();
        try {
            carryOut(call);
            tell.accept(new Step.Done(what, took(since)));
        } catch (ProxmoxException | Overdue e) {
            throw failed(what, since, e);
        }
    }

    /** @return false when the VMID has been taken meanwhile: by somebody else, for nothing is asked for twice here */
    boolean stepUnlessTaken(String what, Supplier<Upid> call) {
        var since = clock.instant();
        try {
            carryOut(() -> Optional.of(call.get()));
            tell.accept(new Step.Done(what, took(since)));
            return true;
        } catch (ProxmoxException.AlreadyExists e) {
            tell.accept(new Step.Skipped(what, e.said() + "; another VMID is tried"));
            return false;
        } catch (ProxmoxException | Overdue e) {
            throw failed(what, since, e);
        }
    }

    /** Only a look, that is told when it fails. */
    <T> T look(String what, Supplier<T> call) {
        var since = clock.instant();
        interruption.check();
        try {
            return call.get();
        } catch (ProxmoxException e) {
            throw failed(what, since, e);
        }
    }

    /** What can't be done, and that is told. */
    StepFailed failure(String what, String why) {
        tell.accept(new Step.Failed(what, Duration.ZERO, why));
        return new StepFailed(what, why);
    }

    void skip(String what, String why) {
        tell.accept(new Step.Skipped(what, why));
    }

    private void carryOut(Supplier<Optional<Upid>> call) {
        interruption.check();
        call.get().ifPresent(task -> {
            traces.began(task);
            taskEnd.of(task, interruption);
            traces.ended(task);
        });
    }

    private StepFailed failed(String what, Instant since, RuntimeException e) {
        tell.accept(new Step.Failed(what, took(since), e.getMessage()));
        return new StepFailed(what, e);
    }

    private Duration took(Instant since) {
        return Duration.between(since, clock.instant());
    }
}
