package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Vmid;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides how a guest that was made by hand is taken over. Pure.
 *
 * <p>Until it carries the Machine's owner tag it is somebody else's, and nothing of it is changed. The tag is set after everything else
 * was looked at, in the one write that makes it ours; what differs from the spec is changed after that, as of any other machine.
 */
final class AdoptionPlan {

    /** That of a Machine, wherever its object is. */
    private static final Pattern OWNER_TAG =
            Pattern.compile("pxc-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private AdoptionPlan() {}

    /** The one next thing to do. */
    sealed interface Turn {

        /** It can't be taken over, or not yet. */
        record Refuse(Verdict verdict) implements Turn {}

        /** Lease its VMID, and what it has. */
        record Claim() implements Turn {}

        /** @param settings that make it ours */
        record TakeOver(Map<String, String> settings) implements Turn {}

        /** It is ours. */
        record Done() implements Turn {}
    }

    /** A guest that has the VMID. */
    record Adoptee(GuestId id, GuestConfig config) {}

    /** Whether the machine is to take over a guest, and has not. */
    static boolean isDue(Machine machine, Progress progress) {
        return machine.getSpec().adopt() != null && !progress.created();
    }

    static Vmid vmid(Machine machine) {
        return new Vmid(machine.getSpec().adopt());
    }

    /** @param found empty where there is none, as far as the token may see */
    static Turn next(Machine machine, Progress progress, Optional<Adoptee> found) {
        var vmid = vmid(machine);
        if (found.isEmpty()) {
            return stalled(
                    MachineReason.NothingToAdopt,
                    "there is no guest with VMID " + vmid + " on ProxmoxCluster "
                            + machine.getSpec().clusterRef().name()
                            + " that the API token can see, and none is made under it: correct adopt of the machine set, or take it out and delete Machine "
                            + machine.getMetadata().getName() + " to have a guest made");
        }
        var id = found.get().id();
        var config = found.get().config();
        if (id.type() != MachineObserver.type(machine)) {
            return refused(id + " is a " + word(id.type()) + " and the machine set one of "
                    + word(MachineObserver.type(machine)) + "s: name it in a set of type "
                    + (id.type() == GuestType.LXC ? "container" : "vm"));
        }
        if (config.get("template").filter("1"::equals).isPresent()) {
            return refused(id + " is a template: clone it, and name the clone");
        }
        var other = config.tags().stream()
                .filter(tag -> OWNER_TAG.matcher(tag).matches())
                .filter(tag -> !tag.equals(MachineIdentity.ownerTag(machine)))
                .findFirst();
        if (other.isPresent()) {
            return refused(id + " carries the tag " + other.get()
                    + " of another Machine: let that go of it first (deletionPolicy Retain), and take the tag away");
        }
        if (config.lock().isPresent()) {
            return new Turn.Refuse(new Verdict.Failing(
                    MachineReason.Locked,
                    id + " is locked (" + config.lock().get() + "); it is taken over by itself once that is over"));
        }
        if (!progress.vmid().equals(Optional.of(vmid))) {
            return new Turn.Claim();
        }
        return config.tags().contains(MachineIdentity.ownerTag(machine))
                ? new Turn.Done()
                : new Turn.TakeOver(identity(machine, found.get()));
    }

    private static Map<String, String> identity(Machine machine, Adoptee adoptee) {
        var tags = new TreeSet<>(adoptee.config().tags());
        tags.addAll(MachineIdentity.tags(machine));
        var settings = new TreeMap<String, String>();
        settings.put("tags", String.join(";", tags));
        var hostname = machine.getSpec().hostname();
        if (adoptee.config().name().filter(hostname::equals).isEmpty()) {
            settings.put(adoptee.id().type() == GuestType.LXC ? "hostname" : "name", hostname);
        }
        return settings;
    }

    private static Turn refused(String why) {
        return stalled(MachineReason.AdoptionRefused, why);
    }

    private static Turn stalled(MachineReason reason, String why) {
        return new Turn.Refuse(new Verdict.Stalled(reason, why));
    }

    private static String word(GuestType type) {
        return type == GuestType.LXC ? "container" : "virtual machine";
    }
}
