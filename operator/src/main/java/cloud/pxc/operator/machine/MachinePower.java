package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Starts guests, shuts them down, and tells of those that stand still as declared. */
@ApplicationScoped
class MachinePower {

    /** Tasks that end with the guest standing still. */
    private static final Set<String> STOPPING = Set.of("qmshutdown", "qmstop", "vzshutdown", "vzstop");

    private static final Duration RESTARTED = Duration.ofSeconds(30);

    private final NodeChoice nodes;
    private final HardwareSteps hardware;
    private final MachineAvailability availability;
    private final Transitions transitions;
    private final Following following;
    private final ClusterSettings settings;

    MachinePower(
            NodeChoice nodes,
            HardwareSteps hardware,
            MachineAvailability availability,
            Transitions transitions,
            Following following,
            ClusterSettings settings) {
        this.nodes = nodes;
        this.hardware = hardware;
        this.availability = availability;
        this.transitions = transitions;
        this.following = following;
        this.settings = settings;
    }

    Outcome follow(Progress progress, Upid task) {
        return following.of(progress, task);
    }

    /** What starts and stops those that are under high availability. */
    MachineAvailability availability() {
        return availability;
    }

    Outcome start(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        var task = usable.client().guests().start(guest);
        if (progress.started()) {
            tellStart(machine, guest);
        }
        return following.of(progress.onceStarted(), task);
    }

    private void tellStart(Machine machine, GuestId guest) {
        switch (reasonBefore(machine)) {
            case "Restarting" ->
                transitions.tell(machine, "Restarted", "is started again, as " + Steering.RESTART + " asks", guest);
            case "Stopped" -> transitions.tell(machine, "Started", "is started, as its powerState says", guest);
            default -> transitions.tell(machine, "StartedAgain", "found stopped and started again", guest);
        }
    }

    /** Why it was as it was when it was last told of. */
    private static String reasonBefore(Machine machine) {
        var status = machine.getStatus();
        return Conditions.find(status == null ? null : status.conditions(), Conditions.READY)
                .map(Condition::getReason)
                .orElse("");
    }

    /** Its power is cut when it has not shut down in time. One that is being shut down already is only followed. */
    Outcome shutDown(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        var underWay = underWay(usable, guest);
        if (underWay.isEmpty() && usable.client().guests().state(guest).state() == RunState.STOPPED) {
            // An earlier shutdown, whose name was lost in a crash, has come to its end since the guest was looked at.
            return Outcome.further(progress, Phase.Stopping, MachineReason.Stopping, guest + " stands still");
        }
        var task = underWay.orElseGet(() -> {
            transitions.tell(
                    machine,
                    "ShutDown",
                    PowerPlan.restart(machine, progress).isPresent()
                            ? "is shut down to be restarted, as " + Steering.RESTART + " asks"
                            : "is shut down, as its powerState says",
                    guest);
            return usable.client().guests().shutdown(guest, settings.shutdown(), true);
        });
        return following.of(progress, task);
    }

    private static Optional<Upid> underWay(Situation.Usable usable, GuestId guest) {
        return usable.client().tasks().running(guest.node(), guest.vmid()).stream()
                .filter(task -> STOPPING.contains(task.type()))
                .findFirst();
    }

    static Outcome noteRestart(Progress progress, GuestId guest, String value) {
        return Outcome.further(
                progress.withRestarted(value),
                Phase.Starting,
                MachineReason.Restarting,
                guest + " is shut down and starts again, as " + Steering.RESTART + "=" + value + " asks");
    }

    Outcome rest(Machine machine, Situation.Usable usable, Progress progress, Step.Rest rest) {
        var guest = rest.guest();
        nodes.note(machine, guest.vmid(), guest.node());
        var verdict = new Verdict.Ready(
                MachineReason.Stopped,
                guest + " is stopped, as its powerState says; set it to Running to have it started");
        // What the poll has not seen stand still, it will not see run.
        var seen = usable.view().guest(guest.vmid()).filter(known -> known.state() == RunState.STOPPED);
        return new Outcome(
                progress.withHardware(rest.hardware()),
                Phase.Stopped,
                verdict,
                seen.isPresent() ? Optional.empty() : Optional.of(settings.poll()),
                Optional.of(Set.of()));
    }

    Outcome settle(Machine machine, Situation.Usable usable, Progress progress, Step.Settle settle) {
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
                                + Steering.restarting(machine) + ")"
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

    static Outcome stay(Machine machine, Progress progress, GuestId guest) {
        var said = Conditions.find(machine.getStatus().conditions(), Conditions.READY)
                .map(Condition::getMessage)
                .orElse(guest + " runs");
        var stands = PowerPlan.wanted(machine) == RunState.STOPPED;
        return new Outcome(
                progress,
                stands ? Phase.Stopped : Phase.Running,
                new Verdict.Ready(stands ? MachineReason.Stopped : MachineReason.Running, said),
                Optional.empty());
    }
}
