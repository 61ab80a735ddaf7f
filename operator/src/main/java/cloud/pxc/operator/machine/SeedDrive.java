package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Events;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The cloud-init drive of a guest that is there. Another ISO gets a name of its own, is put into the drive, and only then the one
 * before is removed; each pass looks at what is there and does the next of it.
 */
@ApplicationScoped
class SeedDrive {

    private static final Logger LOG = Logger.getLogger(SeedDrive.class);
    private static final String CDROM = ",media=cdrom";

    private final Seeds seeds;
    private final Following following;
    private final Transitions transitions;
    private final Events events;

    SeedDrive(Seeds seeds, Following following, Transitions transitions, Events events) {
        this.seeds = seeds;
        this.following = following;
        this.transitions = transitions;
        this.events = events;
    }

    /** @param now volume in the drive */
    Outcome renew(Machine machine, Situation.Usable usable, Progress progress, GuestId guest, Optional<String> now) {
        Seeds.Made made;
        try {
            made = seeds.make(machine, usable.cluster(), ToldNics.of(machine, usable.cluster()));
        } catch (IllegalArgumentException e) {
            if (!progress.started()) {
                throw e;
            }
            return unusable(machine, usable, progress, guest, e.getMessage());
        }
        var storage = Seeds.storage(usable);
        var name = MachineIdentity.seedName(machine, made.hash());
        var held = seeds.held(machine, usable, guest.node(), storage);
        var there =
                held.stream().filter(volume -> volume.filename().equals(name)).findFirst();
        if (there.isEmpty()) {
            var upload = seeds.upload(machine, usable, guest.node(), made);
            return following.of(progress, upload.task());
        }
        var volume = there.get().volid();
        if (now.filter(volume::equals).isEmpty()) {
            usable.client()
                    .guests()
                    .configure(guest, Map.of(SeedPlan.DRIVE, volume + CDROM), Set.of(), Optional.empty());
            return further(progress, "other cloud-init data is put into the drive of " + guest);
        }
        var before =
                held.stream().filter(other -> !other.volid().equals(volume)).toList();
        if (!before.isEmpty()) {
            return removing(usable, progress, guest, before);
        }
        var elsewhere = elsewhere(machine, usable, progress, guest, storage);
        if (!elsewhere.isEmpty()) {
            return removing(usable, progress, guest, elsewhere);
        }
        if (progress.started() && progress.seed().filter(volume::equals).isEmpty()) {
            transitions.tell(
                    machine,
                    "CloudInitChanged",
                    "has other cloud-init data in its drive; its first boot is over, so that it takes effect when the machine is"
                            + " made anew",
                    guest);
        }
        return further(
                progress.withSeed(Optional.of(volume)).withSeedHash(Optional.of(made.hash())),
                "the cloud-init data of " + guest + " is up to date");
    }

    Outcome detach(Machine machine, Situation.Usable usable, Progress progress, GuestId guest, Optional<String> now) {
        if (now.filter(volume -> SeedPlan.isOurs(machine, volume)).isPresent()) {
            usable.client()
                    .guests()
                    .configure(guest, Map.of(SeedPlan.DRIVE, "none" + CDROM), Set.of(), Optional.empty());
            return further(progress, "the cloud-init drive of " + guest + " is emptied");
        }
        var removing = seeds.remove(machine, usable, progress);
        if (removing.isPresent()) {
            return following.of(progress, removing.get());
        }
        transitions.tell(machine, "CloudInitDetached", "has booted, and its cloud-init data is removed", guest);
        return further(
                progress.withSeed(Optional.empty()).withSeedHash(Optional.empty()),
                "the cloud-init data of " + guest + " is removed");
    }

    /** On the storage that was the cluster's own before. */
    private List<Volume> elsewhere(
            Machine machine, Situation.Usable usable, Progress progress, GuestId guest, String storage) {
        return progress.seed()
                .map(Seeds::storage)
                .filter(before -> !before.equals(storage))
                .map(before -> seeds.held(machine, usable, guest.node(), before))
                .orElse(List.of());
    }

    /** It runs, and what it would boot with next time is its own business: the drive stays as it is until that is mended. */
    private Outcome unusable(Machine machine, Situation.Usable usable, Progress progress, GuestId guest, String why) {
        LOG.warnf("machine=%s seed=unusable cause=%s", MachineIdentity.name(machine), why);
        events.warning(
                machine, "CloudInitInvalid", why + "; the cloud-init drive of " + guest + " stays as it is until then");
        return further(
                progress.withSeedHash(seeds.wanted(machine, usable.cluster())),
                "the cloud-init data of " + guest + " stays as it is");
    }

    private Outcome removing(Situation.Usable usable, Progress progress, GuestId guest, List<Volume> before) {
        return before.stream()
                .flatMap(volume -> usable.client().storages().delete(guest.node(), volume.volid()).stream())
                .findFirst()
                .map(task -> following.of(progress, task))
                .orElseGet(() -> further(progress, "the cloud-init data that " + guest + " had is removed"));
    }

    private static Outcome further(Progress progress, String message) {
        return Outcome.further(progress, Phase.Configuring, MachineReason.Configuring, message);
    }
}
