package cloud.pxc.operator.machine;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;

/** Decides on the next step on the way out of a machine. Pure. */
final class Removal {

    private Removal() {}

    /** The one next thing to do so that nothing of the machine is left. */
    sealed interface Exit {

        /** A task runs; look again. */
        record Follow(Upid task) implements Exit {}

        /** What remains of a creation that runs is awaited, then destroyed. */
        record Await(String what) implements Exit {}

        record Stop(GuestId guest) implements Exit {}

        record Destroy(GuestId guest) implements Exit {}

        /** The guest is gone; so is, then, everything beside it. */
        record CleanUp() implements Exit {}

        /** Nothing outside is touched any more; leases of what lives on are kept. */
        record LetGo(String left) implements Exit {}
    }

    static Exit next(Machine machine, TaskSight task, GuestSight guest) {
        if (machine.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
            return new Exit.LetGo("deletionPolicy is Retain");
        }
        if (task instanceof TaskSight.Runs(var upid)) {
            return new Exit.Follow(upid);
        }
        return switch (guest) {
            case GuestSight.Unleased unleased -> new Exit.CleanUp();
            case GuestSight.Absent absent -> new Exit.CleanUp();
            case GuestSight.HalfMade(var id, var running) ->
                running.<Exit>map(Exit.Follow::new)
                        .orElseGet(() -> new Exit.Await("what is left of the creation of " + id
                                + " is locked; clear it away with: qm unlock " + id.vmid() + " && qm destroy "
                                + id.vmid() + " --purge"));
            case GuestSight.Foreign(var id, var name) ->
                Progress.of(machine).created()
                        ? new Exit.LetGo(id + " (" + name + ") does not carry the owner tag "
                                + MachineIdentity.ownerTag(machine))
                        : new Exit.CleanUp();
            case GuestSight.Quiet(var id) -> new Exit.Stop(id);
            case GuestSight.Ours ours ->
                ours.state() == RunState.STOPPED ? new Exit.Destroy(ours.id()) : new Exit.Stop(ours.id());
        };
    }
}
