package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import java.util.Optional;

/** Decides on the next step on the way out of a machine whose guest is to be destroyed. Pure. */
final class Removal {

    private Removal() {}

    /** The one next thing to do so that nothing of the machine is left. */
    sealed interface Exit {

        /** A task runs; look again. */
        record Follow(Upid task) implements Exit {}

        record Fail(ProxmoxException why) implements Exit {}

        /** Only a person can clear away what is left. */
        record Obstructed(String what) implements Exit {}

        /** High availability would start it again. */
        record LeaveHa(GuestId guest) implements Exit {}

        record Stop(GuestId guest) implements Exit {}

        record Destroy(GuestId guest) implements Exit {}

        /** The guest is gone; so is, then, everything beside it. */
        record CleanUp() implements Exit {}

        /** Nothing outside is touched any more; leases of what lives on are kept. */
        record LetGo(String why) implements Exit {}
    }

    /** While a task of the machine's own is known; empty once it is over. */
    static Optional<Exit> next(TaskSight task) {
        return switch (task) {
            case TaskSight.None none -> Optional.empty();
            case TaskSight.Over over -> Optional.empty();
            case TaskSight.Runs(var upid) -> Optional.of(new Exit.Follow(upid));
            case TaskSight.Failed(var upid, var why) -> Optional.of(new Exit.Fail(why));
        };
    }

    static Exit next(Machine machine, Progress progress, GuestSight guest) {
        return switch (guest) {
            case GuestSight.Unleased unleased -> new Exit.CleanUp();
            case GuestSight.Absent absent -> new Exit.CleanUp();
            case GuestSight.HalfMade(var id, var running) ->
                running.<Exit>map(Exit.Follow::new)
                        .orElseGet(() -> new Exit.Obstructed("what is left of the creation of " + id
                                + " is locked; make sure that it is nobody else's, then clear it away with: "
                                + MachinePlanner.clearing(id.vmid().toString(), machine)));
            case GuestSight.Foreign(var id, var name) ->
                progress.created()
                        ? new Exit.LetGo(id + " (" + name + ") does not carry the owner tag "
                                + MachineIdentity.ownerTag(machine))
                        : new Exit.CleanUp();
            case GuestSight.Moving(var id, var running) ->
                running.<Exit>map(Exit.Follow::new)
                        .orElseGet(() -> new Exit.Obstructed(
                                id + " is locked by a migration, of which no task is found; if none goes on any more,"
                                        + " unlock it with: " + MachinePlanner.tool(machine) + " unlock " + id.vmid()));
            case GuestSight.Quiet(var id) -> new Exit.Stop(id);
            case GuestSight.Ours ours -> {
                if (ours.available().isPresent()) {
                    yield new Exit.LeaveHa(ours.id());
                }
                yield ours.state() == RunState.STOPPED ? new Exit.Destroy(ours.id()) : new Exit.Stop(ours.id());
            }
        };
    }
}
