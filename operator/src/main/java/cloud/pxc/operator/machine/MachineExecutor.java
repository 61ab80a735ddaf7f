package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Does one step for a machine. Whatever it starts, it comes back at once with the name of the task. */
@ApplicationScoped
class MachineExecutor {

    private static final Logger LOG = Logger.getLogger(MachineExecutor.class);
    private static final Map<String, MachineReason> REASONS = Map.of(
            "imgcopy", MachineReason.Uploading,
            "qmcreate", MachineReason.Creating,
            "vzcreate", MachineReason.Creating,
            "resize", MachineReason.Configuring,
            "qmstart", MachineReason.Starting,
            "vzstart", MachineReason.Starting);

    private final MachineLeases leases;
    private final NodeChoice nodes;
    private final Seeds seeds;
    private final ClusterWatch watch;
    private final Transitions transitions;
    private final Clock clock;

    MachineExecutor(
            MachineLeases leases,
            NodeChoice nodes,
            Seeds seeds,
            ClusterWatch watch,
            Transitions transitions,
            Clock clock) {
        this.leases = leases;
        this.nodes = nodes;
        this.seeds = seeds;
        this.watch = watch;
        this.transitions = transitions;
        this.clock = clock;
    }

    Outcome execute(Machine machine, Progress progress, Situation.Usable usable, Step step) {
        return switch (step) {
            case Step.Reserve reserve -> reserve(machine, usable, progress);
            case Step.GiveUpVmid(var taken) -> giveUp(machine, usable, progress, taken);
            case Step.UploadSeed upload -> upload(machine, usable, progress);
            case Step.Create(var image) -> create(machine, usable, progress, image);
            case Step.TakeUp(var task) -> follow(progress.withTask(Optional.of(task)), task);
            case Step.Follow(var task) -> follow(progress, task);
            case Step.Found(var guest) -> found(machine, progress, guest);
            case Step.Grow(var guest, var disk, var bytes) -> grow(usable, progress, guest, disk, bytes);
            case Step.Configure(var guest, var settings) -> configure(machine, usable, progress, guest, settings);
            case Step.Start(var guest) -> start(machine, usable, progress, guest);
            case Step.Settle(var guest, var rest) -> settle(machine, progress, guest, rest);
            case Step.Stay(var guest) -> stay(machine, progress, guest);
            case Step.Fail(var task, var why) -> throw why;
            case Step.Wait wait -> throw new IllegalStateException("nothing is to be done: " + wait);
        };
    }

    private Outcome reserve(Machine machine, Situation.Usable usable, Progress progress) {
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        return switch (nodes.choose(machine, usable, reservation.vmid())) {
            case PlacementPlanner.Choice.On(var node) ->
                Outcome.further(
                        progress.reserved(reservation, node),
                        Phase.Pending,
                        MachineReason.Reserving,
                        "VMID " + reservation.vmid() + " on " + node + " is reserved");
            case PlacementPlanner.Choice.Nowhere(var why) ->
                new Outcome(
                        progress,
                        Phase.Pending,
                        new Verdict.Failing(
                                MachineReason.NoRoom,
                                "no node of ProxmoxCluster "
                                        + usable.cluster().getMetadata().getName() + " can take it: " + why
                                        + "; free or add room, or change placement or spec.overcommit"),
                        Optional.of(Duration.ofSeconds(15)));
        };
    }

    private Outcome giveUp(Machine machine, Situation.Usable usable, Progress progress, GuestId taken) {
        LOG.warnf("machine=%s vmid=%s foreign=true given-up=true", MachineIdentity.name(machine), taken.vmid());
        // Its name has the VMID in it: nobody would find it again.
        seeds.remove(machine, usable, progress);
        leases.giveUpVmid(machine, usable.cluster(), taken.vmid());
        nodes.forget(machine);
        return Outcome.further(
                progress.withoutVmid(),
                Phase.Pending,
                MachineReason.Reserving,
                taken + " is somebody else's; another VMID is taken");
    }

    private Outcome upload(Machine machine, Situation.Usable usable, Progress progress) {
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        var upload = seeds.upload(machine, usable, progress, reservation);
        return follow(
                progress.withSeed(Optional.of(upload.volume())).withTask(Optional.of(upload.task())), upload.task());
    }

    private Outcome create(Machine machine, Situation.Usable usable, Progress progress, String image) {
        var spec = usable.cluster().getSpec();
        var node = progress.node().orElseThrow();
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        var vmid = progress.vmid().orElseThrow();
        if (!reservation.vmid().equals(vmid)) {
            // The ledger was lost since: nothing has been created, so what it says now counts.
            seeds.remove(machine, usable, progress);
            return Outcome.further(
                    progress.withoutVmid(),
                    Phase.Pending,
                    MachineReason.Reserving,
                    "VMID " + vmid + " is not leased any more");
        }
        try {
            var guests = usable.client().guests();
            var task = machine.getSpec().type() == MachineType.container
                    ? guests.createContainer(node, vmid, GuestSettings.ofContainer(machine, spec, reservation, image))
                    : guests.createVm(
                            node,
                            vmid,
                            GuestSettings.ofVm(
                                    machine,
                                    spec,
                                    reservation,
                                    image,
                                    progress.seed().orElseThrow()));
            LOG.infof(
                    "machine=%s vmid=%s node=%s task=%s creating=true",
                    MachineIdentity.name(machine), vmid, node, task);
            return follow(progress.withImage(image).withTask(Optional.of(task)), task);
        } catch (ProxmoxException.AlreadyExists e) {
            return taken(machine, usable, progress);
        }
    }

    /** By an earlier call of ours whose answer was lost, or by somebody who was quicker: the next pass looks. */
    private Outcome taken(Machine machine, Situation.Usable usable, Progress progress) {
        var vmid = progress.vmid().orElseThrow();
        var seen = watch.refresh(usable.cluster().getMetadata().getName()).guest(vmid);
        if (seen.isPresent()) {
            return Outcome.further(
                    progress,
                    Phase.Creating,
                    MachineReason.Creating,
                    "VMID " + vmid + " is there already; looking whose it is");
        }
        mustSeeEverything(usable);
        // The token can't see it, so that it is not ours.
        return giveUp(
                machine,
                usable,
                progress,
                new GuestId(MachineObserver.type(machine), progress.node().orElseThrow(), vmid));
    }

    /** What isn't seen is only known to be somebody else's by one who would see his own: else a second guest would be made. */
    private static void mustSeeEverything(Situation.Usable usable) {
        if (!usable.client().permissions().has("/vms", "VM.Audit")) {
            throw Obstacle.failing(
                    MachineReason.PrivilegesMissing,
                    "the API token lacks VM.Audit on /vms, so that it is not known whose guest"
                            + " has the VMID; see the ProxmoxCluster's condition for the command that grants it");
        }
        if (!usable.client().clusterState().quorate()) {
            throw Obstacle.failing(
                    MachineReason.Unreachable,
                    "the Proxmox cluster has no quorum, so that it is not known whose guest has"
                            + " the VMID; bring nodes back (pvecm status)");
        }
    }

    private Outcome found(Machine machine, Progress progress, GuestId guest) {
        if (progress.created()) {
            transitions.tell(machine, "Moved", "moved there", guest);
        } else {
            transitions.tell(machine, "Created", "created", guest);
        }
        nodes.note(machine, guest.vmid(), guest.node());
        return Outcome.further(
                progress.foundOn(guest.node()), Phase.Configuring, MachineReason.Configuring, guest + " is created");
    }

    private Outcome grow(Situation.Usable usable, Progress progress, GuestId guest, String disk, long bytes) {
        return usable.client()
                .guests()
                .resize(guest, disk, bytes)
                .map(task -> follow(progress.withTask(Optional.of(task)), task))
                .orElseGet(() -> Outcome.further(
                        progress, Phase.Configuring, MachineReason.Configuring, "growing " + disk + " of " + guest));
    }

    private Outcome configure(
            Machine machine, Situation.Usable usable, Progress progress, GuestId guest, Map<String, String> settings) {
        var guests = usable.client().guests();
        guests.configure(guest, settings, Set.of(), Optional.empty());
        // What Proxmox writes down in other words would be set again with every pass.
        var left = GuestSettings.changes(machine, usable.cluster().getSpec(), guests.config(guest));
        if (!left.isEmpty()) {
            throw new Obstacle(new Verdict.Stalled(
                    MachineReason.Refused,
                    "Proxmox VE writes down " + String.join(", ", left.keySet()) + " of "
                            + guest + " in other words than the spec ("
                            + String.join(", ", left.values()) + "); write it as `"
                            + guest.type().word()
                            + "` config shows it, or leave it out"));
        }
        return Outcome.further(
                progress,
                Phase.Configuring,
                MachineReason.Configuring,
                "setting " + String.join(", ", settings.keySet()) + " of " + guest);
    }

    private Outcome start(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        var task = usable.client().guests().start(guest);
        if (progress.started()) {
            transitions.tell(machine, "StartedAgain", "found stopped and started again", guest);
        }
        return follow(progress.onceStarted().withTask(Optional.of(task)), task);
    }

    private Outcome settle(Machine machine, Progress progress, GuestId guest, String rest) {
        nodes.note(machine, guest.vmid(), guest.node());
        var other = rest.isEmpty()
                ? ""
                : "; its spec has other " + rest + ", which only another guest can get: delete Machine "
                        + machine.getMetadata().getName() + " to have its Stack make one";
        return new Outcome(
                progress.onceStarted(),
                Phase.Running,
                new Verdict.Ready(MachineReason.Running, guest + " runs" + other),
                Optional.empty());
    }

    private static Outcome stay(Machine machine, Progress progress, GuestId guest) {
        var said = Conditions.find(machine.getStatus().conditions(), Conditions.READY)
                .map(Condition::getMessage)
                .orElse(guest + " runs");
        return new Outcome(progress, Phase.Running, new Verdict.Ready(MachineReason.Running, said), Optional.empty());
    }

    /** Looked at the more seldom, the longer it takes: a quarter of its age. */
    private Outcome follow(Progress progress, Upid task) {
        var age = Duration.between(task.startedAt(), clock.instant());
        var pause = Duration.ofMillis(Math.clamp(age.toMillis() / 4, 200, 5_000));
        return new Outcome(
                progress, phase(task), new Verdict.Progressing(reason(task), doing(task)), Optional.of(pause));
    }

    private static String doing(Upid task) {
        return switch (reason(task)) {
            case Uploading -> "uploading cloud-init data to " + task.node();
            case Creating -> "creating guest " + task.guest() + " on " + task.node();
            case Starting -> "starting guest " + task.guest() + " on " + task.node();
            default -> "Proxmox works on guest " + task.guest() + " on " + task.node() + " (" + task.type() + ")";
        };
    }

    private static MachineReason reason(Upid task) {
        return REASONS.getOrDefault(task.type(), MachineReason.Configuring);
    }

    private static Phase phase(Upid task) {
        return switch (reason(task)) {
            case Uploading -> Phase.Pending;
            case Creating -> Phase.Creating;
            case Starting -> Phase.Starting;
            default -> Phase.Configuring;
        };
    }
}
