package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is told of a machine. */
@ApplicationScoped
class MachineReport {

    static final String NAMES = "NamesPublished";
    /** Settings that wait for the next start of the guest, in its message. */
    static final String RESTART = "RestartRequired";

    private static final Set<String> SETTLED = Set.of(MachineReason.Running.name(), MachineReason.Stopped.name());

    private final Conditions conditions;
    private final FirstBoot boot;

    MachineReport(Conditions conditions, FirstBoot boot) {
        this.conditions = conditions;
        this.boot = boot;
    }

    MachineStatus of(Machine machine, Outcome outcome, Optional<MachineNames.Told> names) {
        var generation = machine.getMetadata().getGeneration();
        var before = machine.getStatus() == null ? null : machine.getStatus().conditions();
        var after = conditions.after(before, generation, outcome.verdict());
        var booted = boot.told(machine, outcome);
        if (booted.isPresent()) {
            var told = booted.get();
            after = conditions.with(after, generation, FirstBoot.CONDITION, told.over(), told.reason(), told.message());
        }
        if (names.isPresent()) {
            var told = names.get();
            var reason = told.published() ? MachineReason.Published : MachineReason.NotPublished;
            after = conditions.with(after, generation, NAMES, told.published(), reason, told.message());
        }
        if (outcome.waitingForStart().isPresent()) {
            after = restart(after, generation, outcome.waitingForStart().get());
        }
        return outcome.progress()
                .status(generation, after, outcome.phase(), machine.getSpec().hostname());
    }

    /** True while it is there, like all that is not as usual. */
    private List<Condition> restart(List<Condition> before, Long generation, Set<String> waiting) {
        return waiting.isEmpty()
                ? Conditions.without(before, RESTART)
                : conditions.with(
                        before,
                        generation,
                        RESTART,
                        true,
                        MachineReason.RestartNeeded,
                        String.join(", ", new TreeSet<>(waiting)));
    }

    /** Whether everything was as its spec says when that was last looked at closely, and the spec is still that one. */
    static boolean isSettled(Machine machine) {
        var status = machine.getStatus();
        return status != null
                && Conditions.find(status.conditions(), Conditions.READY)
                        .map(Condition::getReason)
                        .filter(SETTLED::contains)
                        .isPresent()
                && Objects.equals(
                        status.observedGeneration(), machine.getMetadata().getGeneration());
    }

    /** The one it is in. */
    static Phase phase(Machine machine) {
        var status = machine.getStatus();
        return status == null || status.phase() == null ? Phase.Pending : status.phase();
    }

    static Verdict paused() {
        return new Verdict.Stalled(
                MachineReason.Paused,
                "left alone while the annotation " + Steering.PAUSED + " is \"true\"; remove it to go on");
    }
}
