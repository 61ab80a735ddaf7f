package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.machine.MachineReason;
import cloud.pxc.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a machine says of itself. */
final class Readiness {

    /** What a machine does not come out of merely by going on. */
    private static final Set<MachineReason> FAILURES = EnumSet.of(
            MachineReason.NoRoom,
            MachineReason.PoolExhausted,
            MachineReason.TaskFailed,
            MachineReason.Locked,
            MachineReason.PrivilegesMissing,
            MachineReason.Unreachable,
            MachineReason.LedgerUnavailable);

    private Readiness() {}

    static Optional<Condition> of(Machine machine) {
        return Conditions.find(
                machine.getStatus() == null ? null : machine.getStatus().conditions(), Conditions.READY);
    }

    /** As it is declared now, not as it was. */
    static boolean isReady(Machine machine) {
        return !isLeaving(machine)
                && of(machine)
                        .filter(condition -> condition.getStatus().equals("True"))
                        .filter(condition -> speaksOfNow(machine, condition))
                        .isPresent();
    }

    static boolean isLeaving(Machine machine) {
        return machine.getMetadata().getDeletionTimestamp() != null;
    }

    /** Not merely on its way. */
    static boolean isFailing(Machine machine) {
        var stalled = machine.getStatus() != null
                && Conditions.find(machine.getStatus().conditions(), Conditions.STALLED)
                        .isPresent();
        return stalled || is(machine, FAILURES);
    }

    static boolean isStopped(Machine machine) {
        return machine.getStatus() != null && machine.getStatus().phase() == Phase.Stopped;
    }

    static boolean is(Machine machine, Set<MachineReason> reasons) {
        var reason = of(machine).map(Condition::getReason).orElse("");
        return reasons.stream().map(MachineReason::name).anyMatch(reason::equals);
    }

    /** While it boots for the first time and is expected to tell of that: what it says. */
    static Optional<String> booting(Machine machine) {
        return Stream.ofNullable(machine.getStatus())
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getReason().equals(MachineReason.Booting.name()))
                .map(Condition::getMessage)
                .findFirst();
    }

    /** Whether that is what it says of its present spec. */
    static boolean isNow(Machine machine, MachineReason reason) {
        return of(machine)
                .filter(condition -> condition.getReason().equals(reason.name()))
                .filter(condition -> speaksOfNow(machine, condition))
                .isPresent();
    }

    private static boolean speaksOfNow(Machine machine, Condition condition) {
        return Objects.equals(
                condition.getObservedGeneration(), machine.getMetadata().getGeneration());
    }
}
