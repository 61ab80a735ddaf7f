package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.machine.MachineReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a machine stands to what is declared of it now.
 *
 * @param differences that only another guest could have, in words
 * @param hindrance what keeps another from being made in its place, in words
 * @param stackRestart a restart of the whole stack that it has not had yet
 */
record Standing(Machine machine, List<String> differences, Optional<String> hindrance, Optional<String> stackRestart) {

    /** What another guest would not cure, or what a person has to look at first. */
    private static final Set<MachineReason> HANDS_OFF = EnumSet.of(
            MachineReason.Paused,
            MachineReason.ClusterNotReady,
            MachineReason.Unreachable,
            MachineReason.PrivilegesMissing,
            MachineReason.LedgerUnavailable,
            MachineReason.Locked,
            MachineReason.NotOurs,
            MachineReason.GuestMissing);

    Standing {
        differences = List.copyOf(differences);
    }

    String name() {
        return machine.getMetadata().getName();
    }

    boolean isReplaceable() {
        return !differences.isEmpty() && hindrance.isEmpty() && isTouchable();
    }

    /** Ready, neither in its first boot nor about to be restarted. */
    boolean isAvailable() {
        return Readiness.isReady(machine) && Readiness.booting(machine).isEmpty() && !isRestarting();
    }

    boolean isRestarting() {
        return Steering.value(machine, Steering.RESTART)
                .filter(value -> !restarted().equals(Optional.of(value)))
                .isPresent();
    }

    /** Whether it waits for its next start, and has not had one because of that already: one that doesn't help is not repeated. */
    boolean isPending() {
        return waitsForStart() && !isRestartedInVain();
    }

    boolean isRestartedInVain() {
        return waitsForStart() && restarted().equals(Optional.of(ofGeneration()));
    }

    /** What its annotation has to say so that it is restarted for what waits for its next start, once a spec. */
    String ofGeneration() {
        return "generation-" + machine.getMetadata().getGeneration();
    }

    boolean isOutOfDate() {
        return !differences.isEmpty() || waitsForStart() || isMadeInVain();
    }

    /** Whether it is not what its spec says although its guest was made by just that: the next would not be either. */
    boolean isMadeInVain() {
        return wantsAnotherGuest(machine) && isAsItWasMade(machine);
    }

    static boolean wantsAnotherGuest(Machine machine) {
        return Readiness.isNow(machine, MachineReason.ReplacementNeeded);
    }

    /** Whether its spec is still its first. */
    static boolean isAsItWasMade(Machine machine) {
        return Objects.equals(machine.getMetadata().getGeneration(), 1L);
    }

    boolean isTouchable() {
        return !Readiness.is(machine, HANDS_OFF);
    }

    private boolean waitsForStart() {
        return Readiness.isNow(machine, MachineReason.RestartNeeded);
    }

    private Optional<String> restarted() {
        return machine.getStatus() == null
                ? Optional.empty()
                : Optional.ofNullable(machine.getStatus().restarted());
    }
}
