package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.PowerState;
import cloud.pxc.operator.Steering;
import cloud.pxc.proxmox.RunState;
import java.util.Optional;

/**
 * Decides whether a guest that is otherwise as declared is started, shut down, or left. Pure.
 *
 * <p>A restart is a shutdown and a start: that the guest stands still is what tells, also after a crash, that the first half is
 * done; it is noted as followed then, before the second half.
 */
final class PowerPlan {

    private PowerPlan() {}

    /** @param settled what it comes to when it runs as it should */
    static Step next(Machine machine, Progress progress, GuestSight.Ours ours, Step.Settle settled) {
        var runs = ours.state() == RunState.RUNNING || ours.state() == RunState.PAUSED;
        var restart = restart(machine, progress);
        if (restart.isPresent()) {
            return runs ? new Step.ShutDown(ours.id()) : new Step.NoteRestart(ours.id(), restart.get());
        }
        if (wanted(machine) == RunState.STOPPED) {
            return runs ? new Step.ShutDown(ours.id()) : new Step.Rest(ours.id(), settled.hardware());
        }
        return runs ? settled : new Step.Start(ours.id());
    }

    /** What the guest does when it does as its spec says. */
    static RunState wanted(Machine machine) {
        return machine.getSpec().powerState() == PowerState.Stopped ? RunState.STOPPED : RunState.RUNNING;
    }

    /** The value of the annotation that asks for a restart, until it has been followed. */
    static Optional<String> restart(Machine machine, Progress progress) {
        return Steering.value(machine, Steering.RESTART)
                .filter(value -> progress.restarted().filter(value::equals).isEmpty());
    }
}
