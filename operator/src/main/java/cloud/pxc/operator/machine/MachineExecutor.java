package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.proxmox.GuestId;
import jakarta.enterprise.context.ApplicationScoped;

/** Does one step for a machine. Whatever it starts, it comes back at once with the name of the task. */
@ApplicationScoped
class MachineExecutor {

    private final MachineCreation creation;
    private final SeedDrive drive;
    private final HardwareSteps hardware;
    private final GuestRenewal renewal;
    private final MachinePower power;
    private final MachineMoves moves;

    MachineExecutor(
            MachineCreation creation,
            SeedDrive drive,
            HardwareSteps hardware,
            GuestRenewal renewal,
            MachinePower power,
            MachineMoves moves) {
        this.creation = creation;
        this.drive = drive;
        this.hardware = hardware;
        this.renewal = renewal;
        this.power = power;
        this.moves = moves;
    }

    Outcome execute(Machine machine, Progress progress, Situation.Usable usable, Step step) {
        return switch (step) {
            case Step.Reserve reserve -> creation.reserve(machine, usable, progress);
            case Step.GiveUpVmid(var taken) -> creation.giveUp(machine, usable, progress, taken);
            case Step.UploadSeed upload -> creation.upload(machine, usable, progress);
            case Step.RenewSeed(var guest, var now) -> drive.renew(machine, usable, progress, guest, now);
            case Step.DetachSeed(var guest, var now) -> drive.detach(machine, usable, progress, guest, now);
            case Step.Create(var image) -> creation.create(machine, usable, progress, image);
            case Step.TakeUp(var task) -> power.follow(progress, task);
            case Step.Follow(var task) -> power.follow(progress, task);
            case Step.Found(var guest) ->
                Outcome.further(
                        found(machine, usable, progress, guest),
                        Phase.Configuring,
                        MachineReason.Configuring,
                        guest + " is created");
            case Step.Hardware part -> hardware.execute(machine, progress, usable, part);
            case Step.Eject(var guest) -> moves.eject(machine, usable, progress, guest);
            case Step.Migrate(var guest, var target) -> moves.migrate(machine, usable, progress, guest, target);
            case Step.NoteMove(var guest, var asked) -> MachineMoves.note(progress, guest, asked);
            case Step.Start(var guest) -> power.start(machine, usable, progress, guest);
            case Step.ShutDown(var guest) -> power.shutDown(machine, usable, progress, guest);
            case Step.NoteRestart(var guest, var value) -> MachinePower.noteRestart(progress, guest, value);
            case Step.Rest rest -> power.rest(machine, usable, progress, rest);
            case Step.TellHa tell -> power.availability().tell(machine, usable, progress, tell);
            case Step.AwaitHa(var guest, var starts) -> power.availability().await(progress, guest, starts);
            case Step.LeaveHa(var guest) -> MachineAvailability.leave(usable, progress, guest);
            case Step.MakeAnew(var gone) -> renewal.anew(machine, usable, progress, gone);
            case Step.Settle settle -> power.settle(machine, usable, progress, settle);
            case Step.Stay(var guest) -> MachinePower.stay(machine, progress, guest);
            case Step.Fail(var task, var why) -> throw why;
            case Step.Wait wait -> throw new IllegalStateException("nothing is to be done: " + wait);
        };
    }

    /** Notes that its guest is there. */
    Progress found(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        if (!progress.created()) {
            creation.done(machine);
        }
        return moves.found(machine, usable, progress, guest);
    }
}
