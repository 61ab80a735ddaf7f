package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.ledger.Audit;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
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
    private final UserData userData;
    private final ClusterWatch watch;
    private final Told told;
    private final Clock clock;

    MachineExecutor(
            MachineLeases leases, NodeChoice nodes, UserData userData, ClusterWatch watch, Told told, Clock clock) {
        this.leases = leases;
        this.nodes = nodes;
        this.userData = userData;
        this.watch = watch;
        this.told = told;
        this.clock = clock;
    }

    /** What is told of a machine beside its status. */
    @ApplicationScoped
    static class Told {

        private final Events events;
        private final Audit audit;

        Told(Events events, Audit audit) {
            this.events = events;
            this.audit = audit;
        }

        void did(Machine machine, String reason, String action, GuestId guest) {
            audit.append(
                    MachineIdentity.owner(machine), machine.getMetadata().getGeneration(), action, guest.toString());
            events.normal(machine, reason, guest + " " + action);
        }
    }

    Outcome execute(Machine machine, Situation.Usable usable, Step step) {
        var progress = Progress.of(machine);
        return switch (step) {
            case Step.Reserve reserve -> reserve(machine, usable, progress);
            case Step.GiveUpVmid(var taken) -> giveUp(machine, usable, progress, taken);
            case Step.UploadSeed upload -> upload(machine, usable, progress);
            case Step.Create(var image) -> create(machine, usable, progress, image);
            case Step.TakeUp(var task) -> follow(progress.withTask(Optional.of(task)), task);
            case Step.Follow(var task) -> follow(progress, task);
            case Step.Forget(var task) ->
                Outcome.further(progress.withTask(Optional.empty()), phase(task), reason(task), doing(task));
            case Step.Found(var guest) -> found(machine, usable, progress, guest);
            case Step.Grow(var guest, var disk, var bytes) ->
                begun(
                        progress,
                        usable.client().guests().resize(guest, disk, bytes),
                        Phase.Configuring,
                        "growing " + disk);
            case Step.Configure(var guest, var settings) -> configure(usable, progress, guest, settings);
            case Step.Start(var guest) -> start(machine, usable, progress, guest);
            case Step.Settle(var guest) -> settle(progress, guest);
            case Step.Fail(var task, var why) -> throw why;
            case Step.Wait wait -> throw new IllegalArgumentException("nothing is to be done: " + wait);
            case Step.Hold hold -> throw new IllegalArgumentException("nothing is to be done");
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
        LOG.warnf("machine=%s vmid=%s foreign=true given-up=true", name(machine), taken.vmid());
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
        var iso = Seed.iso(machine, reservation.nics(), userData.of(machine));
        var storage = usable.cluster().getSpec().storage().images();
        var filename = MachineIdentity.seedName(machine, progress.vmid().orElseThrow());
        var task = usable.client()
                .storages()
                .upload(progress.node().orElseThrow(), storage, ContentType.ISO, filename, iso);
        var volume = storage + ":" + ContentType.ISO.word() + "/" + filename;
        return follow(progress.withSeed(Optional.of(volume)).withTask(Optional.of(task)), task);
    }

    private Outcome create(Machine machine, Situation.Usable usable, Progress progress, String image) {
        var spec = usable.cluster().getSpec();
        var node = progress.node().orElseThrow();
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        var vmid = progress.vmid().orElseThrow();
        if (!reservation.vmid().equals(vmid)) {
            // The ledger was lost since: nothing has been created, so what it says now counts.
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
            LOG.infof("machine=%s vmid=%s node=%s task=%s creating=true", name(machine), vmid, node, task);
            return follow(progress.withImage(image).withTask(Optional.of(task)), task);
        } catch (ProxmoxException.AlreadyExists e) {
            return taken(machine, usable, progress);
        }
    }

    /** By an earlier call of ours whose answer was lost, or by somebody who was quicker: the next pass looks. */
    private Outcome taken(Machine machine, Situation.Usable usable, Progress progress) {
        var vmid = progress.vmid().orElseThrow();
        var seen = watch.refresh(usable.cluster().getMetadata().getName()).guest(vmid);
        if (seen.isEmpty()) {
            // The token can't see it, so that it is not ours.
            return giveUp(
                    machine,
                    usable,
                    progress,
                    new GuestId(MachineObserver.type(machine), progress.node().orElseThrow(), vmid));
        }
        return Outcome.further(
                progress,
                Phase.Creating,
                MachineReason.Creating,
                "VMID " + vmid + " is there already; looking whose it is");
    }

    private Outcome found(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        if (!progress.created()) {
            told.did(machine, "Created", "created", guest);
            nodes.forget(machine);
            LOG.infof("machine=%s guest=%s created=true", name(machine), guest);
        } else {
            told.did(machine, "Moved", "moved there", guest);
        }
        return Outcome.further(
                progress.foundOn(guest.node()), Phase.Configuring, MachineReason.Configuring, guest + " is created");
    }

    private Outcome configure(Situation.Usable usable, Progress progress, GuestId guest, Map<String, String> settings) {
        usable.client().guests().configure(guest, settings, Set.of(), Optional.empty());
        return Outcome.further(
                progress,
                Phase.Configuring,
                MachineReason.Configuring,
                "setting " + String.join(", ", settings.keySet()) + " of " + guest);
    }

    private Outcome start(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        var task = usable.client().guests().start(guest);
        if (progress.started()) {
            told.did(machine, "StartedAgain", "found stopped and started again", guest);
        }
        return follow(progress.onceStarted().withTask(Optional.of(task)), task);
    }

    private Outcome settle(Progress progress, GuestId guest) {
        return new Outcome(
                progress.onceStarted(),
                Phase.Running,
                new Verdict.Ready(MachineReason.Running, guest + " runs"),
                Optional.empty());
    }

    private Outcome begun(Progress progress, Optional<Upid> task, Phase phase, String message) {
        return task.map(upid -> follow(progress.withTask(task), upid))
                .orElseGet(() -> Outcome.further(progress, phase, MachineReason.Configuring, message));
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

    private static String name(Machine machine) {
        return machine.getMetadata().getNamespace() + "/"
                + machine.getMetadata().getName();
    }
}
