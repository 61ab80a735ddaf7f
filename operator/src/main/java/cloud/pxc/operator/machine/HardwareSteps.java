package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Does the steps about what a guest is made of. */
@ApplicationScoped
class HardwareSteps {

    private static final Logger LOG = Logger.getLogger(HardwareSteps.class);

    private final MachineLeases leases;
    private final Following following;
    private final Echoes echoes;
    /** What was to be grown last, and how large it was then. */
    private final Map<String, Growing> growing = new ConcurrentHashMap<>();

    private record Growing(Step.Grow step, Optional<String> before) {}

    HardwareSteps(MachineLeases leases, Following following, Echoes echoes) {
        this.leases = leases;
        this.following = following;
        this.echoes = echoes;
    }

    Outcome execute(Machine machine, Progress progress, Situation.Usable usable, Step.Hardware step) {
        return switch (step) {
            case Step.Grow grow -> grow(machine, usable, progress, grow);
            case Step.Note(var guest, var intent) ->
                further(progress.withHardware(intent), "what " + guest + " is to be given is noted");
            case Step.Configure configure -> configure(machine, usable, progress, configure);
            case Step.Plug(var guest, var known, var taken) -> {
                var plugged = leases.plug(machine, usable.cluster(), known, taken);
                yield further(
                        progress.plugged(plugged.nics(), plugged.stale()),
                        "interfaces of " + guest + " have addresses");
            }
            case Step.Unplug unplug -> {
                leases.unplug(
                        machine, usable.cluster(), unplug.gone(), unplug.left().interfaces());
                yield further(
                        progress.unplugged(unplug, ToldNics.subnets(usable.cluster(), unplug.gone())),
                        "what interfaces of " + unplug.guest() + " had is let go");
            }
            case Step.Assign(var guest, var from, var to) -> assign(usable, progress, guest, from, to);
        };
    }

    /** What a person should know of the guest although it is as it can be. */
    String remarks(Machine machine, Step.Settle settle) {
        var text = new StringBuilder();
        settle.remarks().forEach(remark -> text.append("; ").append(remark));
        var echoed = echoes.of(machine.getMetadata().getUid());
        if (!echoed.isEmpty()) {
            text.append("; Proxmox VE writes down ")
                    .append(String.join(", ", echoed))
                    .append(
                            " in other words than the spec, so that changes made by hand go unnoticed there: write it as `")
                    .append(MachinePlanner.tool(machine))
                    .append(" config ")
                    .append(settle.guest().vmid())
                    .append("` shows it, or leave it out");
        }
        return text.toString();
    }

    private Outcome grow(Machine machine, Situation.Usable usable, Progress progress, Step.Grow step) {
        var guests = usable.client().guests();
        var uid = machine.getMetadata().getUid();
        var now = new Growing(step, guests.config(step.guest()).get(step.disk()));
        if (now.equals(growing.put(uid, now))) {
            growing.remove(uid);
            throw Obstacle.failing(
                    MachineReason.TaskFailed,
                    "Proxmox VE has grown " + step.disk() + " of " + step.guest() + " to " + step.bytes()
                            + " octets, and yet it is as it was ("
                            + now.before().orElse("not there")
                            + "); look at the log of its last resize task, or give the disk the size that it has");
        }
        return guests.resize(step.guest(), step.disk(), step.bytes())
                .map(task -> following.of(progress, task))
                .orElseGet(() -> further(progress, "growing " + step.disk() + " of " + step.guest()));
    }

    private Outcome configure(Machine machine, Situation.Usable usable, Progress progress, Step.Configure step) {
        var guests = usable.client().guests();
        var guest = step.guest();
        guests.configure(guest, step.set(), step.delete(), step.digest());
        var keys = new TreeSet<>(step.set().keySet());
        keys.addAll(step.delete());
        LOG.infof(
                "machine=%s guest=\"%s\" set=%s unset=%s",
                MachineIdentity.name(machine),
                guest,
                String.join(",", step.set().keySet()),
                String.join(",", step.delete()));
        var after = guests.config(guest);
        var ours = new GuestSight.Ours(guest, RunState.UNKNOWN, after, Set.of());
        MachinePlanner.hardware(machine, progress, usable.cluster().getSpec(), ours)
                .ifPresent(left -> echoes.note(machine.getMetadata().getUid(), keys, left.set(), left.delete(), after));
        return further(progress, "setting " + String.join(", ", keys) + " of " + guest);
    }

    private Outcome assign(
            Situation.Usable usable, Progress progress, GuestId guest, Optional<String> from, Optional<String> to) {
        var pools = usable.client().pools();
        if (to.isPresent()) {
            pools.add(to.get(), guest.vmid());
        } else {
            from.ifPresent(pool -> pools.remove(pool, guest.vmid()));
        }
        return further(
                progress.inPool(to.orElse(null)),
                guest + to.map(pool -> " is put into pool " + pool).orElse(" is taken out of its pool"));
    }

    private static Outcome further(Progress progress, String message) {
        return Outcome.further(progress, Phase.Configuring, MachineReason.Configuring, message);
    }
}
