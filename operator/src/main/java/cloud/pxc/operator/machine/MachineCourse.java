package cloud.pxc.operator.machine;

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
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** One pass of a machine that is to be there: looks, decides on one step, does it. */
@ApplicationScoped
class MachineCourse {

    private static final Logger LOG = Logger.getLogger(MachineCourse.class);
    private static final Set<Reason> MAKING =
            Set.of(MachineReason.Queued, MachineReason.Reserving, MachineReason.Uploading, MachineReason.Creating);

    private final MachineObserver observer;
    private final MachineDecision decision;
    private final MachineExecutor executor;
    private final FirstBoot boot;
    private final CreationTurns turns;
    private final TaskEnds tasks;
    private final Retries retries;

    MachineCourse(
            MachineObserver observer,
            MachineDecision decision,
            MachineExecutor executor,
            FirstBoot boot,
            CreationTurns turns,
            TaskEnds tasks,
            Retries retries) {
        this.observer = observer;
        this.decision = decision;
        this.executor = executor;
        this.boot = boot;
        this.turns = turns;
        this.tasks = tasks;
        this.retries = retries;
    }

    /** Empty where nothing is known that would change what the status says. */
    Optional<Outcome> next(Machine machine, Optional<ProxmoxCluster> cluster) {
        var outcome = pass(machine, cluster);
        outcome.ifPresent(reached -> turn(machine, reached));
        return outcome;
    }

    /** A turn is kept while it is being made, and for nothing else: what fails, or waits for something, is in nobody's way. */
    private void turn(Machine machine, Outcome reached) {
        var progress = reached.progress();
        if (progress.created() || !MAKING.contains(reached.verdict().reason())) {
            turns.leave(machine);
        } else if (progress.task().isPresent()) {
            turns.keep(machine, progress.node().orElseThrow());
        }
    }

    private Optional<Outcome> pass(Machine machine, Optional<ProxmoxCluster> cluster) {
        var progress = Progress.of(machine);
        if (Steering.isPaused(machine)) {
            return Optional.of(
                    new Outcome(progress, MachineReport.phase(machine), MachineReport.paused(), Optional.empty()));
        }
        return switch (observer.situation(machine, cluster)) {
            case Situation.Unusable unusable ->
                MachinePlanner.next(machine, unusable).map(verdict -> waiting(machine, progress, verdict));
            case Situation.Usable usable -> {
                var outcome = next(machine, progress, usable);
                tasks.await(outcome, usable, machine);
                yield Optional.of(outcome);
            }
        };
    }

    private Outcome next(Machine machine, Progress before, Situation.Usable usable) {
        var progress = before;
        try {
            var task = observer.task(progress, usable);
            var following = MachinePlanner.next(task);
            if (!(task instanceof TaskSight.Runs)) {
                progress = progress.withoutTask();
            }
            if (following.isPresent()) {
                return done(machine, progress, usable, following.get());
            }
            var taken = decision.takeOver(machine, progress, usable);
            if (taken.isPresent()) {
                return taken.get();
            }
            var guest = decision.look(machine, progress, usable);
            if (MachinePlanner.next(machine, progress, usable, guest) instanceof Step.Found(var id)) {
                // Nothing is done by that: it is noted together with what comes next.
                progress = executor.found(machine, usable, progress, id);
            }
            var decided = decision.of(machine, progress, usable, guest);
            return decision.remark(decided, done(machine, progress, usable, decided.step()));
        } catch (ProxmoxException e) {
            return failed(machine, afresh(progress, e), MachineTrouble.of(e, progress, usable));
        } catch (Obstacle e) {
            return failed(machine, progress, e.verdict());
        } catch (IllegalArgumentException e) {
            return failed(machine, progress, new Verdict.Stalled(MachineReason.InvalidSpec, e.getMessage()));
        } catch (LedgerUnavailable e) {
            return failed(machine, progress, new Verdict.Failing(MachineReason.LedgerUnavailable, e.getMessage()));
        }
    }

    private Outcome done(Machine machine, Progress progress, Situation.Usable usable, Step step) {
        if (step instanceof Step.Wait(var verdict)) {
            return waiting(machine, progress, verdict);
        }
        var outcome = executor.execute(machine, progress, usable, step);
        if (outcome.verdict() instanceof Verdict.Ready) {
            retries.succeeded(machine.getMetadata().getUid());
        }
        return boot.look(machine, usable, outcome);
    }

    /** What was refused may have been so for want of the ISO: it is uploaded again. An outage says nothing of it. */
    private static Progress afresh(Progress progress, ProxmoxException failure) {
        return progress.created() || failure instanceof ProxmoxException.Unavailable
                ? progress
                : progress.withSeed(Optional.empty());
    }

    private Outcome failed(Machine machine, Progress progress, Verdict verdict) {
        decision.failed(machine);
        LOG.warnf(
                "machine=%s ready=false reason=%s cause=%s",
                MachineIdentity.name(machine), verdict.reason().name(), verdict.message());
        return waiting(machine, progress, verdict);
    }

    /** Also what a person has to mend is looked at again: on Proxmox nobody tells us that it is mended. */
    private Outcome waiting(Machine machine, Progress progress, Verdict verdict) {
        var phase = verdict instanceof Verdict.Stalled ? Phase.Failed : MachineReport.phase(machine);
        var again = verdict instanceof Verdict.Progressing
                ? retries.patience()
                : retries.failed(machine.getMetadata().getUid());
        return new Outcome(progress, phase, verdict, Optional.of(again));
    }
}
