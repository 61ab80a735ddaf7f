package cloud.pxc.operator.machine;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets a machine go: a reconcile like any other, resumed after a crash, told in the status, without an orphan. */
@ApplicationScoped
class MachineDeparture {

    private static final Logger LOG = Logger.getLogger(MachineDeparture.class);
    private static final Duration SOON = Duration.ofMillis(200);

    private final MachineObserver observer;
    private final MachineRemover remover;
    private final MachineReport report;
    private final StatusWrites statuses;
    private final Events events;
    private final Retries retries;

    MachineDeparture(
            MachineObserver observer,
            MachineRemover remover,
            MachineReport report,
            StatusWrites statuses,
            Events events,
            Retries retries) {
        this.observer = observer;
        this.remover = remover;
        this.report = report;
        this.statuses = statuses;
        this.events = events;
        this.retries = retries;
    }

    DeleteControl next(Machine machine, Optional<ProxmoxCluster> cluster) {
        try {
            if (machine.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
                remover.letGo(machine, "deletionPolicy is Retain");
                return gone(machine);
            }
            return switch (observer.situation(machine, cluster)) {
                case Situation.Unusable unusable
                when Progress.of(machine).vmid().isEmpty() -> {
                    // Nothing has been made: no cluster is needed to undo it.
                    remover.release(machine);
                    yield gone(machine);
                }
                case Situation.Unusable unusable ->
                    blocked(machine, new Verdict.Failing(MachineReason.Deleting, unusable.message()));
                case Situation.Usable usable -> step(machine, usable);
            };
        } catch (ProxmoxException e) {
            return blocked(machine, new Verdict.Failing(MachineReason.Deleting, e.getMessage()));
        } catch (LedgerUnavailable e) {
            return blocked(machine, new Verdict.Failing(MachineReason.LedgerUnavailable, e.getMessage()));
        }
    }

    private DeleteControl step(Machine machine, Situation.Usable usable) {
        var progress = Progress.of(machine);
        var task = observer.task(progress, usable);
        // Quiet is good enough for what stands still; here the guest itself is asked.
        var guest = observer.guest(machine, progress.unsettled(), usable);
        return switch (remover.execute(machine, usable, Removal.next(machine, task, guest))) {
            case MachineRemover.Departure.Gone gone -> gone(machine);
            case MachineRemover.Departure.Waits(var what, var running) -> {
                retries.succeeded(machine.getMetadata().getUid());
                tell(
                        machine,
                        running.isPresent() ? progress.withTask(running) : progress.withTask(Optional.empty()),
                        new Verdict.Progressing(MachineReason.Deleting, what));
                yield DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON.toMillis());
            }
        };
    }

    private DeleteControl blocked(Machine machine, Verdict.Failing cause) {
        if (Steering.isForced(machine)) {
            events.warning(
                    machine,
                    "LeftBehind",
                    "Let go by force; what may be left on Proxmox: VMID "
                            + Progress.of(machine).vmid().map(Object::toString).orElse("none") + " ("
                            + cause.message() + ")");
            remover.letGo(machine, cause.message());
            return gone(machine);
        }
        LOG.warnf(
                "machine=%s/%s deleted=false cause=%s",
                machine.getMetadata().getNamespace(), machine.getMetadata().getName(), cause.message());
        tell(
                machine,
                Progress.of(machine),
                new Verdict.Failing(
                        cause.reason(),
                        cause.message()
                                + "; it is tried again by itself, or set the annotation pxc.cloud/force-delete=true to let go of the guest as it is"));
        return DeleteControl.noFinalizerRemoval()
                .rescheduleAfter(retries.failed(machine.getMetadata().getUid()).toMillis());
    }

    private DeleteControl gone(Machine machine) {
        retries.succeeded(machine.getMetadata().getUid());
        return DeleteControl.defaultDelete();
    }

    private void tell(Machine machine, Progress progress, Verdict verdict) {
        statuses.write(machine, report.of(machine, progress, Phase.Deleting, verdict, Optional.empty()), new Machine());
    }
}
