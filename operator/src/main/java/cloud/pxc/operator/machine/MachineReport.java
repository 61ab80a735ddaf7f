package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is told of a machine. */
@ApplicationScoped
class MachineReport {

    static final String NAMES = "NamesPublished";

    private final Conditions conditions;

    MachineReport(Conditions conditions) {
        this.conditions = conditions;
    }

    MachineStatus of(
            Machine machine, Progress progress, Phase phase, Verdict verdict, Optional<MachineNames.Told> names) {
        var generation = machine.getMetadata().getGeneration();
        var before = machine.getStatus() == null ? null : machine.getStatus().conditions();
        var after = conditions.after(before, generation, verdict);
        if (names.isPresent()) {
            var told = names.get();
            var reason = told.published() ? MachineReason.Published : MachineReason.NotPublished;
            after = conditions.with(after, generation, NAMES, told.published(), reason, told.message());
        }
        // While steps are left, this generation has not been reached: the next pass has to look at the guest itself.
        var settled = verdict instanceof Verdict.Ready;
        var observed = settled || machine.getStatus() == null
                ? generation
                : machine.getStatus().observedGeneration();
        return progress.status(observed, after, phase, machine.getSpec().hostname());
    }

    /** The phase of a machine that waits: the one it is in. */
    static Phase phase(Machine machine, Verdict verdict) {
        if (verdict instanceof Verdict.Stalled) {
            return Phase.Failed;
        }
        var status = machine.getStatus();
        return status == null || status.phase() == null ? Phase.Pending : status.phase();
    }
}
