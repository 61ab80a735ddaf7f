package cloud.pxc.operator.machine;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.Retries;
import cloud.pxc.operator.status.Reason;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets a machine go: a pass like any other, resumed after a crash, told in the status, without an orphan. */
@ApplicationScoped
class MachineDeparture {

    private static final Logger LOG = Logger.getLogger(MachineDeparture.class);
    private static final Duration SOON = Duration.ofMillis(200);
    /** The end of a task is told. */
    private static final Duration LATER = Duration.ofSeconds(2);

    private final MachineObserver observer;
    private final MachineRemover remover;
    private final Transitions transitions;
    private final CreationTurns turns;
    private final TaskEnds tasks;
    private final Retries retries;

    MachineDeparture(
            MachineObserver observer,
            MachineRemover remover,
            Transitions transitions,
            CreationTurns turns,
            TaskEnds tasks,
            Retries retries) {
        this.observer = observer;
        this.remover = remover;
        this.transitions = transitions;
        this.turns = turns;
        this.tasks = tasks;
        this.retries = retries;
    }

    /** Empty once nothing is left of it, or nothing that it should see to. */
    Optional<Outcome> next(Machine machine, Optional<ProxmoxCluster> cluster) {
        turns.leave(machine);
        var outcome = Steering.isPaused(machine) ? paused(machine) : depart(machine, cluster);
        if (outcome.isEmpty()) {
            retries.succeeded(machine.getMetadata().getUid());
        }
        return outcome;
    }

    private static Optional<Outcome> paused(Machine machine) {
        return Optional.of(new Outcome(Progress.of(machine), Phase.Deleting, MachineReport.paused(), Optional.empty()));
    }

    private Optional<Outcome> depart(Machine machine, Optional<ProxmoxCluster> cluster) {
        var progress = Progress.of(machine);
        try {
            if (machine.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
                remover.letGo(machine, "deletionPolicy is Retain");
                return Optional.empty();
            }
            return switch (observer.situation(machine, cluster)) {
                case Situation.Unusable unusable
                when progress.vmid().isEmpty() && progress.seed().isEmpty() -> {
                    // Nothing has been made: no cluster is needed to undo it.
                    remover.release(machine);
                    yield Optional.empty();
                }
                case Situation.Unusable unusable ->
                    blocked(machine, progress, MachineReason.ClusterNotReady, unusable.message());
                case Situation.Usable usable -> {
                    var outcome = step(machine, progress, usable);
                    outcome.ifPresent(reached -> tasks.await(reached, usable, machine));
                    yield outcome;
                }
            };
        } catch (LedgerUnavailable e) {
            return blocked(machine, progress, MachineReason.LedgerUnavailable, e.getMessage());
        }
    }

    private Optional<Outcome> step(Machine machine, Progress before, Situation.Usable usable) {
        var progress = before;
        try {
            var task = observer.task(progress, usable);
            var exit = Removal.next(task);
            if (!(task instanceof TaskSight.Runs)) {
                progress = progress.withoutTask();
            }
            if (exit.isEmpty()) {
                // What the last poll saw is not good enough here: the guest itself is asked.
                exit = Optional.of(Removal.next(machine, progress, observer.closely(machine, progress, usable)));
            }
            return switch (remover.execute(machine, progress, usable, exit.get())) {
                case MachineRemover.Departure.Gone gone -> Optional.empty();
                case MachineRemover.Departure.Waits(var what, var running) ->
                    Optional.of(new Outcome(
                            progress.withTask(running),
                            Phase.Deleting,
                            new Verdict.Progressing(MachineReason.Deleting, what),
                            Optional.of(running.isPresent() ? LATER : SOON)));
            };
        } catch (ProxmoxException e) {
            var reason = MachineTrouble.of(e, progress, usable).reason();
            return blocked(machine, progress, reason, MachineTrouble.words(e, progress, usable));
        } catch (Obstacle e) {
            return blocked(machine, progress, e.verdict().reason(), e.getMessage());
        }
    }

    private Optional<Outcome> blocked(Machine machine, Progress progress, Reason reason, String cause) {
        if (Steering.isForced(machine)) {
            return forced(machine, progress, cause);
        }
        LOG.warnf("machine=%s deleted=false cause=%s", MachineIdentity.name(machine), cause);
        return Optional.of(new Outcome(
                progress,
                Phase.Deleting,
                new Verdict.Failing(
                        reason,
                        cause + "; it is tried again by itself, or set the annotation " + Steering.FORCE_DELETE
                                + "=true to let go of the guest as it is"),
                Optional.of(retries.failed(machine.getMetadata().getUid()))));
    }

    private Optional<Outcome> forced(Machine machine, Progress progress, String cause) {
        var guest = progress.vmid().map(vmid -> "the guest with VMID " + vmid).orElse("nothing");
        transitions.leftBehind(machine, guest + " (" + cause + ")");
        remover.letGo(machine, cause);
        return Optional.empty();
    }
}
