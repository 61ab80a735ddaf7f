package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.Steering;
import cloud.pxc.proxmox.GuestId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does the steps of a move to another node. */
@ApplicationScoped
class MachineMoves {

    private static final String NOTHING = "none,media=cdrom";

    private final NodeChoice nodes;
    private final Seeds seeds;
    private final Transitions transitions;
    private final Following following;

    MachineMoves(NodeChoice nodes, Seeds seeds, Transitions transitions, Following following) {
        this.nodes = nodes;
        this.seeds = seeds;
        this.transitions = transitions;
        this.following = following;
    }

    /** Its guest has been created, or is on another node than before: its cloud-init ISO has not come along then. */
    Progress found(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        nodes.note(machine, guest.vmid(), guest.node());
        var found = progress.foundOn(guest.node());
        if (!progress.created()) {
            transitions.tell(machine, "Created", "created", guest);
            return found;
        }
        transitions.tell(machine, "Moved", "moved there", guest);
        var stayed = progress.seed().filter(volume -> MovePlan.isLocal(volume, usable.view()));
        return stayed.isPresent() ? found.withSeedHash(Optional.empty()) : found;
    }

    /** Its cloud-init ISO is of its node: it is out of the drive before it is removed, and gone before that is noted. */
    Outcome eject(Machine machine, Situation.Usable usable, Progress progress, GuestId guest) {
        usable.client().guests().configure(guest, Map.of(SeedPlan.DRIVE, NOTHING), Set.of(), Optional.empty());
        return seeds.remove(machine, usable, progress)
                .map(task -> following.of(progress, task))
                .orElseGet(() -> Outcome.further(
                        progress.withSeedHash(Optional.empty()),
                        Phase.Migrating,
                        MachineReason.Migrating,
                        guest + " is made ready to move"));
    }

    /** One that moves already is only followed. */
    Outcome migrate(Machine machine, Situation.Usable usable, Progress progress, GuestId guest, String target) {
        var underWay = usable.client().tasks().running(guest.node(), guest.vmid()).stream()
                .filter(task -> Moves.TASKS.contains(task.type()))
                .findFirst();
        var task = underWay.orElseGet(() -> {
            transitions.tell(machine, "Moving", "moves to " + target, guest);
            return usable.client().guests().migrate(guest, target);
        });
        return following.of(progress, task);
    }

    static Outcome note(Progress progress, GuestId guest, Optional<String> asked) {
        return Outcome.further(
                progress.withMigrated(asked),
                Phase.Configuring,
                MachineReason.Configuring,
                asked.map(node -> guest + " is where " + Steering.MIGRATE + " asks for it to be")
                        .orElseGet(() -> guest + " may be anywhere again"));
    }
}
