package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.GuestMissingPolicy;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.operator.status.Verdict;
import java.util.Optional;

/** Decides on the next step for a machine. Pure: no clock, no I/O. */
final class MachinePlanner {

    private MachinePlanner() {}

    /** What is said where the cluster can't be worked with; empty while nothing is known that would change what is said. */
    static Optional<Verdict> next(Machine machine, Situation.Unusable unusable) {
        var settled =
                MachineReport.isSettled(machine) && Progress.of(machine).task().isEmpty();
        return settled
                ? Optional.empty()
                : Optional.of(new Verdict.Progressing(MachineReason.ClusterNotReady, unusable.message()));
    }

    /** While a task of its own is known: whether it is followed; empty once it is over, and the guest shows what it did. */
    static Optional<Step> next(TaskSight task) {
        return switch (task) {
            case TaskSight.None none -> Optional.empty();
            case TaskSight.Over over -> Optional.empty();
            case TaskSight.Runs(var upid) -> Optional.of(new Step.Follow(upid));
            case TaskSight.Failed(var upid, var why) -> Optional.of(new Step.Fail(upid, why));
        };
    }

    static Step next(Machine machine, Progress progress, Situation.Usable usable, GuestSight guest) {
        return switch (guest) {
            case GuestSight.Unleased unleased ->
                image(machine, usable)
                        .<Step>map(volume -> new Step.Reserve())
                        .orElseGet(() -> missing(machine, usable));
            case GuestSight.Absent absent ->
                progress.created() ? gone(machine, progress) : make(machine, progress, usable);
            case GuestSight.HalfMade(var id, var task) ->
                task.<Step>map(Step.TakeUp::new)
                        .orElseGet(() -> new Step.Wait(new Verdict.Stalled(
                                MachineReason.HalfCreated,
                                "the creation of " + id + " was cut off half-way, and what is left is locked;"
                                        + " make sure that it is nobody else's, then clear it away with: "
                                        + clearing(id.vmid().toString(), machine))));
            case GuestSight.Foreign(var id, var name) ->
                progress.created()
                        ? new Step.Wait(
                                new Verdict.Stalled(
                                        MachineReason.NotOurs,
                                        id + " (" + name + ") does not carry the tag "
                                                + MachineIdentity.ownerTag(machine)
                                                + " any more, so it is left alone; give it back, or delete the Machine to have its Stack make another"))
                        : new Step.GiveUpVmid(id);
            case GuestSight.Moving(var id, var task) ->
                task.<Step>map(Step.TakeUp::new)
                        .orElseGet(() -> new Step.Wait(new Verdict.Failing(
                                MachineReason.Locked,
                                id
                                        + " is locked by a migration, of which no task is found; it is looked at again by itself."
                                        + " If none goes on any more, unlock it with: "
                                        + tool(machine) + " unlock " + id.vmid())));
            case GuestSight.Quiet(var id) -> new Step.Stay(id);
            case GuestSight.Ours ours -> unlessLocked(ours, complete(machine, progress, usable, ours));
        };
    }

    /** A guest that somebody else works on, or that is in the middle of a snapshot or rollback, is left as it is. */
    private static Step unlessLocked(GuestSight.Ours ours, Step step) {
        var lock = ours.config().lock();
        return lock.isEmpty() || step instanceof Step.Found || step instanceof Step.Settle || step instanceof Step.Rest
                ? step
                : new Step.Wait(new Verdict.Failing(
                        MachineReason.Locked,
                        ours.id() + " is locked (" + lock.get()
                                + "), and nothing is changed of it meanwhile; it is tried again by itself"));
    }

    /** The command that a person clears away with what nobody but root may. */
    static String clearing(String vmid, Machine machine) {
        var tool = tool(machine);
        return tool + " unlock " + vmid + " && " + tool + " destroy " + vmid + " --purge";
    }

    /** What a person works on the guest with. */
    static String tool(Machine machine) {
        return machine.getSpec().type() == MachineType.container ? "pct" : "qm";
    }

    private static Step make(Machine machine, Progress progress, Situation.Usable usable) {
        if (!usable.view().isOnline(progress.node().orElseThrow())) {
            // Nothing has been made there: the VMID, which is one for all nodes, would be known.
            return new Step.Reserve();
        }
        if (machine.getSpec().type() == MachineType.vm && progress.seed().isEmpty()) {
            return new Step.UploadSeed();
        }
        return image(machine, usable).<Step>map(Step.Create::new).orElseGet(() -> missing(machine, usable));
    }

    private static Step complete(Machine machine, Progress progress, Situation.Usable usable, GuestSight.Ours ours) {
        if (!progress.created() || !progress.node().equals(Optional.of(ours.id().node()))) {
            return new Step.Found(ours.id());
        }
        return hardware(machine, progress, usable.cluster().getSpec(), ours)
                .map(plan -> plan.step(machine, progress, ours)
                        .<Step>map(step -> step)
                        .orElseGet(() -> run(machine, progress, ours, plan)))
                .orElseGet(() -> {
                    var known = ToldNics.attached(machine, progress, ours.config());
                    return new Step.Plug(ours.id(), known, HardwarePlan.taken(ours, known));
                });
    }

    /** What is to be done about what the guest is made of; empty where an interface needs a lease first. */
    static Optional<HardwarePlan> hardware(
            Machine machine, Progress progress, ProxmoxClusterSpec cluster, GuestSight.Ours ours) {
        var known = ToldNics.attached(machine, progress, ours.config());
        var places = NicPlan.of(machine.getSpec().networks(), known, HardwarePlan.taken(ours, known));
        return ToldNics.all(machine, cluster, progress, places)
                .map(nics -> HardwarePlan.of(machine, cluster, progress.hardware(), ours, places, nics));
    }

    private static Step run(Machine machine, Progress progress, GuestSight.Ours ours, HardwarePlan plan) {
        var settled = new Step.Settle(ours.id(), plan.never(), ours.pending(), plan.remarks(), plan.reached());
        return HaPlan.next(machine, progress, ours).orElseGet(() -> PowerPlan.next(machine, progress, ours, settled));
    }

    private static Step gone(Machine machine, Progress progress) {
        if (machine.getSpec().adopt() != null) {
            return new Step.Wait(new Verdict.Stalled(
                    MachineReason.GuestMissing,
                    "the guest with VMID " + progress.vmid().orElseThrow()
                            + ", which was made by hand, is not on the cluster any more: it was removed past the operator,"
                            + " and its data with it; take the VMID out of adopt of the machine set and delete Machine "
                            + machine.getMetadata().getName() + " to have its Stack make another"));
        }
        if (machine.getSpec().guestMissingPolicy() == GuestMissingPolicy.Recreate) {
            return new Step.MakeAnew(progress.vmid().orElseThrow());
        }
        return new Step.Wait(
                new Verdict.Stalled(
                        MachineReason.GuestMissing,
                        "the guest with VMID " + progress.vmid().orElseThrow()
                                + " is not on the cluster any more: it was removed past the"
                                + " operator, and its data with it; delete Machine "
                                + machine.getMetadata().getName()
                                + " to have its Stack make another, or have guestMissingPolicy Recreate make one with empty disks"));
    }

    /** The volume of its image, once it is wherever it is needed. */
    private static Optional<String> image(Machine machine, Situation.Usable usable) {
        return status(machine, usable)
                .filter(image -> Boolean.TRUE.equals(image.ready()))
                .map(ImageStatus::volume);
    }

    private static Step missing(Machine machine, Situation.Usable usable) {
        var cluster = usable.cluster().getMetadata().getName();
        var name = machine.getSpec().image();
        if (name == null) {
            return new Step.Wait(new Verdict.Failing(
                    MachineReason.ImageMissing,
                    "there is no image to make it from; name one in machine set "
                            + machine.getSpec().set() + " of its Stack"));
        }
        if (!isDeclared(machine, usable)) {
            return new Step.Wait(new Verdict.Failing(
                    MachineReason.ImageMissing,
                    "ProxmoxCluster " + cluster + " has no image " + name + "; add it to its spec.images"));
        }
        var why = status(machine, usable).map(ImageStatus::message);
        return new Step.Wait(
                why.isPresent()
                        ? new Verdict.Failing(
                                MachineReason.ImageMissing,
                                "image " + name + " is not on ProxmoxCluster " + cluster + ": " + why.get())
                        : new Verdict.Progressing(
                                MachineReason.ImageMissing,
                                "image " + name + " is being fetched to ProxmoxCluster " + cluster));
    }

    private static Optional<ImageStatus> status(Machine machine, Situation.Usable usable) {
        var status = usable.cluster().getStatus();
        // What is not declared any more is on its way out.
        return status == null || !isDeclared(machine, usable)
                ? Optional.empty()
                : status.images().stream()
                        .filter(image -> image.name().equals(machine.getSpec().image()))
                        .findFirst();
    }

    private static boolean isDeclared(Machine machine, Situation.Usable usable) {
        return usable.cluster().getSpec().images().stream()
                .anyMatch(image -> image.name().equals(machine.getSpec().image()));
    }
}
