package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.cluster.Retries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Brings together what the planners need to know, each asked only for what is asked of it. */
@ApplicationScoped
class MachineDecision {

    private final MachineObserver observer;
    private final MachineAdoption adoption;
    private final Moves moves;
    private final Seeds seeds;
    private final Retries retries;

    MachineDecision(MachineObserver observer, MachineAdoption adoption, Moves moves, Seeds seeds, Retries retries) {
        this.observer = observer;
        this.adoption = adoption;
        this.moves = moves;
        this.seeds = seeds;
        this.retries = retries;
    }

    /** @param move whether and why not the guest goes to another node */
    record Decided(Step step, Move move) {}

    /** Empty unless it takes over a guest, and has not yet. */
    Optional<Outcome> takeOver(Machine machine, Progress progress, Situation.Usable usable) {
        return AdoptionPlan.isDue(machine, progress)
                ? Optional.of(adoption.next(machine, progress, usable))
                : Optional.empty();
    }

    /** As closely as what is asked of the machine takes. */
    GuestSight look(Machine machine, Progress progress, Situation.Usable usable) {
        return moves.of(machine, progress, usable).acts()
                ? observer.closely(machine, progress, usable)
                : observer.guest(machine, progress, usable);
    }

    Decided of(Machine machine, Progress progress, Situation.Usable usable, GuestSight guest) {
        var move = moves.checked(moves.of(machine, progress, usable), machine, usable, guest);
        var step = MovePlan.next(move, progress, usable, guest)
                .orElseGet(() -> SeedPlan.before(
                        MachinePlanner.next(machine, progress, usable, guest),
                        machine,
                        progress,
                        guest,
                        () -> seeds.wanted(machine, usable.cluster())));
        return new Decided(step, move);
    }

    Outcome remark(Decided decided, Outcome outcome) {
        return moves.remark(outcome, decided.move(), retries.patience());
    }

    void failed(Machine machine) {
        moves.pass(machine);
    }
}
