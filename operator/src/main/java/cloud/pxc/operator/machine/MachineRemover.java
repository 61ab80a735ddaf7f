package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.names.Names;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does one step on the way out. */
@ApplicationScoped
class MachineRemover {

    private static final Logger LOG = Logger.getLogger(MachineRemover.class);

    private final MachineLeases leases;
    private final Moves moves;
    private final Seeds seeds;
    private final Names names;
    private final Claims claims;
    private final Transitions transitions;

    MachineRemover(
            MachineLeases leases, Moves moves, Seeds seeds, Names names, Claims claims, Transitions transitions) {
        this.leases = leases;
        this.moves = moves;
        this.seeds = seeds;
        this.names = names;
        this.claims = claims;
        this.transitions = transitions;
    }

    /** How far it is: gone, or waiting for something. */
    sealed interface Departure {
        record Gone() implements Departure {}

        /** @param task that is to be waited for, where it is one */
        record Waits(String what, Optional<Upid> task) implements Departure {}
    }

    Departure execute(Machine machine, Progress progress, Situation.Usable usable, Removal.Exit exit) {
        return switch (exit) {
            case Removal.Exit.Follow(var task) -> new Departure.Waits(doing(task), Optional.of(task));
            case Removal.Exit.Fail(var why) -> throw why;
            case Removal.Exit.Obstructed(var what) -> throw Obstacle.failing(MachineReason.HalfCreated, what);
            case Removal.Exit.LeaveHa(var guest) -> {
                MachineAvailability.remove(usable, guest);
                yield new Departure.Waits(guest + " leaves high availability", Optional.empty());
            }
            case Removal.Exit.Stop(var guest) -> stop(usable, guest);
            case Removal.Exit.Destroy(var guest) -> destroy(machine, usable, guest);
            case Removal.Exit.CleanUp cleanUp -> {
                names.withdraw(MachineIdentity.owner(machine));
                if (!names.isWithdrawn(MachineIdentity.owner(machine))) {
                    yield new Departure.Waits("its names are being removed", Optional.empty());
                }
                var removing = seeds.remove(machine, usable, progress, leases.leftSeeds(machine, usable.cluster()));
                if (removing.isPresent()) {
                    yield new Departure.Waits("its cloud-init data are being removed", removing);
                }
                release(machine);
                yield new Departure.Gone();
            }
            case Removal.Exit.LetGo(var why) -> {
                letGo(machine, why);
                yield new Departure.Gone();
            }
        };
    }

    /** Its guest lives on: VMID and addresses stay leased, so that nobody else gets them. */
    void letGo(Machine machine, String why) {
        LOG.infof("machine=%s let-go=true cause=\"%s\"", MachineIdentity.name(machine), why);
        names.withdraw(MachineIdentity.owner(machine));
        claims.release(MachineIdentity.owner(machine));
        moves.forget(machine);
    }

    /** There is, or was, no guest: everything it had is free for others. */
    void release(Machine machine) {
        names.withdraw(MachineIdentity.owner(machine));
        claims.release(MachineIdentity.owner(machine));
        leases.releaseAll(machine);
        moves.forget(machine);
    }

    private static Departure stop(Situation.Usable usable, GuestId guest) {
        try {
            var task = usable.client().guests().stop(guest);
            return new Departure.Waits("stopping " + guest, Optional.of(task));
        } catch (ProxmoxException.Refused e) {
            if (e.reason() == ProxmoxException.Refused.Reason.NOT_RUNNING) {
                return new Departure.Waits(guest + " has stopped", Optional.empty());
            }
            throw e;
        }
    }

    private Departure destroy(Machine machine, Situation.Usable usable, GuestId guest) {
        try {
            var task = usable.client().guests().destroy(guest);
            transitions.tell(machine, "Destroyed", "is destroyed", guest);
            return new Departure.Waits("destroying " + guest, Optional.of(task));
        } catch (ProxmoxException.NotFound e) {
            if (e.isGuest()) {
                return new Departure.Waits(guest + " is gone", Optional.empty());
            }
            throw e;
        }
    }

    private static String doing(Upid task) {
        return "Proxmox works on guest " + task.guest() + " on " + task.node() + " (" + task.type() + ")";
    }
}
