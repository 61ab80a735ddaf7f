package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.cluster.ClusterConnections;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.machine.MachineGuests;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Does one step for a snapshot. Whatever it starts, it comes back at once with the name of the task. */
@ApplicationScoped
class SnapshotExecutor {

    private static final Logger LOG = Logger.getLogger(SnapshotExecutor.class);

    private final ClusterConnections connections;
    private final SnapshotOwner owner;
    private final MachineGuests guests;
    private final Events events;
    private final ClusterSettings settings;
    private final Clock clock;
    /** Rollbacks, by object and value, that the machine's own reconciler has been told of since the start of this process. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    SnapshotExecutor(
            ClusterConnections connections,
            SnapshotOwner owner,
            MachineGuests guests,
            Events events,
            ClusterSettings settings,
            Clock clock) {
        this.connections = connections;
        this.owner = owner;
        this.guests = guests;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws cloud.pxc.proxmox.ProxmoxException where Proxmox refuses, also what a task ended with */
    SnapshotOutcome execute(MachineSnapshot snapshot, Machine machine, SnapshotProgress progress, SnapshotStep step) {
        return switch (step) {
            case SnapshotStep.Note(var guest) -> note(snapshot, machine, progress, guest);
            case SnapshotStep.Take(var guest, var name) -> {
                var spec = snapshot.getSpec();
                yield follow(
                        snapshot,
                        progress,
                        client(machine)
                                .snapshots()
                                .take(
                                        guest,
                                        name,
                                        Boolean.TRUE.equals(spec.memory()),
                                        spec.description() == null ? "" : spec.description()));
            }
            case SnapshotStep.Follow(var task) -> follow(snapshot, progress, task);
            case SnapshotStep.Settle(var guest, var there) -> {
                var taken = progress.taken(there);
                if (progress.takenAt().isEmpty()) {
                    events.normal(snapshot, "SnapshotTaken", guest + " is kept as " + there.name());
                }
                taken.rolledBack().ifPresent(value -> tell(snapshot, machine, value));
                yield new SnapshotOutcome(
                        taken,
                        SnapshotPhase.Ready,
                        new Verdict.Ready(SnapshotReason.Taken, SnapshotReport.ready(snapshot, taken, guest)),
                        Optional.of(settings.recheck()));
            }
            case SnapshotStep.NoteRollBack(var guest, var value, var after) ->
                SnapshotOutcome.further(
                        progress.rollingBack(new SnapshotProgress.RollBack(value, guest.node(), after)),
                        SnapshotPhase.RollingBack,
                        SnapshotReason.RollingBack,
                        guest + " is to be rolled back");
            case SnapshotStep.RollBack(var guest, var name) -> {
                LOG.infof("snapshot=%s guest=\"%s\" rolling-back=%s", name(snapshot), guest, name);
                yield follow(snapshot, progress, client(machine).snapshots().rollBack(guest, name));
            }
            case SnapshotStep.RolledBack(var guest, var value) -> rolledBack(snapshot, machine, progress, guest, value);
            case SnapshotStep.DropRollBack(var why) -> {
                LOG.infof("snapshot=%s roll-back=dropped cause=\"%s\"", name(snapshot), why);
                yield SnapshotOutcome.further(
                        progress.withoutRollBack(),
                        SnapshotPhase.Ready,
                        SnapshotReason.RollingBack,
                        "the rollback has not been begun: " + why);
            }
            case SnapshotStep.GiveUpRollBack(var value, var why) -> {
                LOG.warnf("snapshot=%s roll-back=unknown cause=\"%s\"", name(snapshot), why);
                events.warning(
                        snapshot,
                        "RollBackUnknown",
                        why + "; look at the machine, and give " + RollBacks.ANNOTATION
                                + " another value where it has not been rolled back");
                yield SnapshotOutcome.further(
                        progress.rolledBack(value), SnapshotPhase.Ready, SnapshotReason.RollingBack, why);
            }
            case SnapshotStep.Delete(var guest, var name) -> {
                LOG.infof("snapshot=%s guest=\"%s\" deleting=%s", name(snapshot), guest, name);
                yield follow(snapshot, progress, client(machine).snapshots().delete(guest, name));
            }
            case SnapshotStep.Fail(var task, var why) -> throw why;
            case SnapshotStep.Wait wait -> throw new IllegalStateException("nothing is to be done: " + wait);
            case SnapshotStep.Gone gone -> throw new IllegalStateException("nothing is left to be done");
        };
    }

    /** What the annotation says from the beginning asks for nothing: it came along with a copy of another object. */
    private SnapshotOutcome note(MachineSnapshot snapshot, Machine machine, SnapshotProgress progress, GuestId guest) {
        owner.own(snapshot, machine);
        var name = SnapshotName.of(snapshot.getMetadata());
        return SnapshotOutcome.further(
                progress.noted(guest.vmid(), machine.getMetadata().getUid(), name, RollBacks.asked(snapshot)),
                SnapshotPhase.Pending,
                SnapshotReason.Taking,
                guest + " is to be kept as " + name);
    }

    private SnapshotOutcome rolledBack(
            MachineSnapshot snapshot, Machine machine, SnapshotProgress progress, GuestId guest, String value) {
        LOG.infof("snapshot=%s guest=\"%s\" rolled-back=true", name(snapshot), guest);
        tell(snapshot, machine, value);
        var message = guest + " is rolled back to MachineSnapshot "
                + snapshot.getMetadata().getName() + ", taken at "
                + progress.takenAt().orElse("an unknown time");
        events.normal(snapshot, "RolledBack", message);
        events.normal(machine, "RolledBack", message);
        return SnapshotOutcome.further(
                progress.rolledBack(value), SnapshotPhase.Ready, SnapshotReason.RollingBack, message);
    }

    /** Settings went back too. Also where a crash came in between, once more than needed rather than never. */
    private void tell(MachineSnapshot snapshot, Machine machine, String value) {
        if (told.add(snapshot.getMetadata().getUid() + " " + value)) {
            guests.lookAgain(machine);
        }
    }

    private SnapshotOutcome follow(MachineSnapshot snapshot, SnapshotProgress progress, Upid task) {
        var reason = SnapshotReport.reason(task);
        return new SnapshotOutcome(
                progress.withTask(Optional.of(task)),
                snapshot.getMetadata().getDeletionTimestamp() == null
                        ? SnapshotReport.phase(reason)
                        : SnapshotPhase.Deleting,
                new Verdict.Progressing(
                        reason,
                        "Proxmox works on guest " + task.guest() + " on " + task.node() + " (" + task.type() + ")"),
                Optional.of(TaskSight.pause(task, clock.instant())));
    }

    private ProxmoxClient client(Machine machine) {
        var cluster = machine.getSpec().clusterRef().name();
        return connections
                .client(cluster)
                .orElseThrow(() -> new IllegalStateException("ProxmoxCluster " + cluster + " was connected"));
    }

    private static String name(MachineSnapshot snapshot) {
        return snapshot.getMetadata().getNamespace() + "/"
                + snapshot.getMetadata().getName();
    }
}
