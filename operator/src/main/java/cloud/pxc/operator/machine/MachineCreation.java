package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does the steps before there is a guest: what is taken, and what is made of it. */
@ApplicationScoped
class MachineCreation {

    private static final Logger LOG = Logger.getLogger(MachineCreation.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MachineLeases leases;
    private final NodeChoice nodes;
    private final Seeds seeds;
    private final ClusterWatch watch;
    private final Following following;
    private final CreationTurns turns;

    MachineCreation(
            MachineLeases leases,
            NodeChoice nodes,
            Seeds seeds,
            ClusterWatch watch,
            Following following,
            CreationTurns turns) {
        this.leases = leases;
        this.nodes = nodes;
        this.seeds = seeds;
        this.watch = watch;
        this.following = following;
        this.turns = turns;
    }

    Outcome reserve(Machine machine, Situation.Usable usable, Progress progress) {
        if (!turns.isOn(machine, usable.view().onlineNodes())) {
            return queued(progress);
        }
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        return switch (nodes.choose(machine, usable.cluster(), usable.view(), reservation.vmid(), progress.node())) {
            case PlacementPlanner.Choice.On(var node)
            when isElsewhere(progress, node) -> elsewhere(machine, usable, progress);
            case PlacementPlanner.Choice.On(var node) when !turns.take(machine, node) -> queued(progress);
            case PlacementPlanner.Choice.On(var node) ->
                Outcome.further(
                        noted(machine, progress, reservation, node),
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

    /** Its guest is there: the next one's turn. */
    void done(Machine machine) {
        turns.leave(machine);
    }

    /** Whoever is done wakes the next; should that be lost, it looks by itself. */
    private Outcome queued(Progress progress) {
        return new Outcome(
                progress,
                Phase.Pending,
                new Verdict.Progressing(
                        MachineReason.Queued,
                        "waits for its turn: " + turns.each() + " guests at a time are made on each node"),
                Optional.of(PATIENCE));
    }

    /** Whether something of it may be on another node already. */
    private static boolean isElsewhere(Progress progress, String node) {
        return progress.node().filter(before -> !before.equals(node)).isPresent();
    }

    /** Its ISO on the other node goes first; that on a node without power goes when the machine does. */
    private Outcome elsewhere(Machine machine, Situation.Usable usable, Progress progress) {
        var before = progress.node().orElseThrow();
        if (!usable.view().isOnline(before)) {
            leases.leaveSeed(machine, usable.cluster(), Seeds.place(usable, progress));
            LOG.infof("machine=%s node=%s online=false left=true", MachineIdentity.name(machine), before);
            return Outcome.further(
                    progress.withoutNode(),
                    Phase.Pending,
                    MachineReason.Reserving,
                    before + " is offline; another node is taken");
        }
        return seeds.remove(machine, usable, progress)
                .map(task -> following.of(progress, task))
                .orElseGet(() -> Outcome.further(
                        progress.withoutNode(), Phase.Pending, MachineReason.Reserving, "another node is taken"));
    }

    Outcome giveUp(Machine machine, Situation.Usable usable, Progress progress, GuestId taken) {
        LOG.warnf("machine=%s vmid=%s foreign=true given-up=true", MachineIdentity.name(machine), taken.vmid());
        leases.giveUpVmid(machine, usable.cluster(), taken.vmid());
        nodes.forget(machine);
        return Outcome.further(
                progress.withoutVmid(),
                Phase.Pending,
                MachineReason.Reserving,
                taken + " is somebody else's; another VMID is taken");
    }

    Outcome upload(Machine machine, Situation.Usable usable, Progress progress) {
        if (!turns.take(machine, progress.node().orElseThrow())) {
            return queued(progress);
        }
        if (progress.seed().isPresent()) {
            // One of other content: it has never been in a drive.
            var removing = seeds.remove(machine, usable, progress);
            if (removing.isPresent()) {
                return following.of(progress, removing.get());
            }
        }
        var node = progress.node().orElseThrow();
        var reservation = leases.take(machine, usable.cluster(), usable.view());
        var made = seeds.make(machine, usable.cluster(), reservation.nics());
        var upload = seeds.upload(machine, usable, node, made);
        return following.of(
                progress.reserved(reservation, node)
                        .withSeed(Optional.of(upload.volume()))
                        .withSeedHash(Optional.of(upload.hash())),
                upload.task());
    }

    Outcome create(Machine machine, Situation.Usable usable, Progress progress, String image) {
        var spec = usable.cluster().getSpec();
        var node = progress.node().orElseThrow();
        if (!turns.take(machine, node)) {
            return queued(progress);
        }
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
        var noted = noted(machine, progress, reservation, node);
        if (!noted.equals(progress)) {
            // The spec has changed since: what the guest gets is noted before it does.
            return Outcome.further(noted, Phase.Pending, MachineReason.Reserving, "what it is made of has changed");
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
            return following.of(
                    progress.withImage(image).inPool(machine.getSpec().pool()), task);
        } catch (ProxmoxException.AlreadyExists e) {
            return taken(machine, usable, progress);
        }
    }

    private static Progress noted(Machine machine, Progress progress, Reservation reservation, String node) {
        var reserved = progress.reserved(reservation, node);
        return reserved.withHardware(
                HardwareRecord.declaring(reserved.hardware().orElse(HardwareRecord.NOTHING), machine.getSpec()));
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
    static void mustSeeEverything(Situation.Usable usable) {
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
}
