package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.RunState;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/** Does one step for a machine. Whatever it starts, it comes back at once with the name of the task. */
@ApplicationScoped
class MachineExecutor {

    private static final Duration RESTARTED = Duration.ofSeconds(30);

    private final MachineCreation creation;
    private final SeedDrive drive;
    private final HardwareSteps hardware;
    private final NodeChoice nodes;
    private final Transitions transitions;
    private final Following following;
    private final ClusterSettings settings;

    MachineExecutor(
            MachineCreation creation,
            SeedDrive drive,
            HardwareSteps hardware,
            NodeChoice nodes,
            Transitions transitions,
            Following following,
            ClusterSettings settings) {
        this.creation = creation;
        this.drive = drive;
        this.hardware = hardware;
        this.nodes = nodes;
        this.transitions = transitions;
        this.following = following;
        this.settings = settings;
    }

    Outcome execute(Machine machine, Progress progress, Situation.Usable usable, Step step) {
        return switch (step) {
            case Step.Reserve reserve -> creation.reserve(machine, usable, progress);
            case Step.GiveUpVmid(var taken) -> creation.giveUp(machine, usable, progress, taken);
            case Step.UploadSeed upload -> creation.upload(machine, usable, progress);
            case Step.RenewSeed(var guest, var now) -> drive.renew(machine, usable, progress, guest, now);
            case Step.DetachSeed(var guest, var now) -> drive.detach(machine, usable, progress, guest, now);
            case Step.Create(var image) -> creation.create(machine, usable, progress, image);
            case Step.TakeUp(var task) -> following.of(progress, task);
            case Step.Follow(var task) -> following.of(progress, task);
            case Step.Found(var guest) ->
                Outcome.further(
                        found(machine, progress, guest),
                        Phase.Configuring,
                        MachineReason.Configuring,
                        guest + " is created");
            case Step.Hardware part -> hardware.execute(machine, progress, usable, part);
            case Step.Start(var guest) -> start(machine, usable, progress, guest);
            case Step.Settle settle -> settle(machine, usable, progress, settle);
            case Step.Stay(var guest) -> stay(machine, progress, guest);
            case Step.Fail(var task, var why) -> throw why;
            case Step.Wait wait -> throw new IllegalStateException("nothing is to be done: " + wait);
        };
    }

    /** Notes that its guest is there. */
    Progress found(Machine machine, Progress progress, GuestId guest) {
        if (progress.created()) {
            transitions.tell(machine, "Moved", "moved there", guest);
        } else {
            creation.done(machine);
            transitions.tell(machine, "Created", "created", guest);
        }
        nodes.note(machine, guest.vmid(), guest.node());
        return progress.foundOn(guest.node());
    }

    private Outcome start(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        var task = usable.client().guests().start(guest);
        if (progress.started()) {
            transitions.tell(machine, "StartedAgain", "found stopped and started again", guest);
        }
        return following.of(progress.onceStarted(), task);
    }

    private Outcome settle(Machine machine, Situation.Usable usable, Progress progress, Step.Settle settle) {
        var guest = settle.guest();
        nodes.note(machine, guest.vmid(), guest.node());
        var verdict = settle.pending().isEmpty()
                ? new Verdict.Ready(
                        settle.never().isEmpty() ? MachineReason.Running : MachineReason.ReplacementNeeded,
                        guest + " runs" + never(machine, settle) + hardware.remarks(machine, settle))
                : new Verdict.Ready(
                        MachineReason.RestartNeeded,
                        guest + " runs; " + String.join(", ", new TreeSet<>(settle.pending()))
                                + " changes with its next start: restart it when that suits ("
                                + MachinePlanner.tool(machine) + " reboot " + guest.vmid() + ")"
                                + never(machine, settle)
                                + hardware.remarks(machine, settle));
        return new Outcome(
                progress.onceStarted().withHardware(settle.hardware()),
                Phase.Running,
                verdict,
                again(usable, settle),
                Optional.of(settle.pending()));
    }

    /** What the poll has not seen run, it will not see stop. And nobody tells of a restart, which can be over between two polls. */
    private Optional<Duration> again(Situation.Usable usable, Step.Settle settle) {
        var seen = usable.view().guest(settle.guest().vmid()).filter(guest -> guest.state() == RunState.RUNNING);
        if (seen.isEmpty()) {
            return Optional.of(settings.poll());
        }
        return settle.pending().isEmpty() ? Optional.empty() : Optional.of(RESTARTED);
    }

    private static String never(Machine machine, Step.Settle settle) {
        return settle.never().isEmpty()
                ? ""
                : "; its spec has other " + String.join(", ", settle.never())
                        + ", which only another guest can get: updateStrategy Recreate, or deleting Machine "
                        + machine.getMetadata().getName() + ", has its Stack make one, with empty disks";
    }

    private static Outcome stay(Machine machine, Progress progress, GuestId guest) {
        var said = Conditions.find(machine.getStatus().conditions(), Conditions.READY)
                .map(Condition::getMessage)
                .orElse(guest + " runs");
        return new Outcome(progress, Phase.Running, new Verdict.Ready(MachineReason.Running, said), Optional.empty());
    }
}
