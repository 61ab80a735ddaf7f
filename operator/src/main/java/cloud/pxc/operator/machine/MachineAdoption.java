package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.ProxmoxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Takes over guests that were made by hand, one step a pass. */
@ApplicationScoped
class MachineAdoption {

    private static final Logger LOG = Logger.getLogger(MachineAdoption.class);

    private final AdoptedLeases leases;
    private final ClusterWatch watch;
    private final NodeChoice nodes;
    private final Transitions transitions;

    MachineAdoption(AdoptedLeases leases, ClusterWatch watch, NodeChoice nodes, Transitions transitions) {
        this.leases = leases;
        this.watch = watch;
        this.nodes = nodes;
        this.transitions = transitions;
    }

    /** @throws Obstacle where it can't be taken over, or not now */
    Outcome next(Machine machine, Progress progress, Situation.Usable usable) {
        var found = look(machine, usable);
        return switch (AdoptionPlan.next(machine, progress, found)) {
            case AdoptionPlan.Turn.Refuse(var verdict) -> throw new Obstacle(verdict);
            case AdoptionPlan.Turn.Claim claim -> claim(machine, progress, usable, found.orElseThrow());
            case AdoptionPlan.Turn.TakeOver(var settings) -> {
                var adoptee = found.orElseThrow();
                LOG.infof("machine=%s guest=\"%s\" adopting=true", MachineIdentity.name(machine), adoptee.id());
                // With the digest of what was looked at: nobody else has made it his meanwhile.
                usable.client()
                        .guests()
                        .configure(
                                adoptee.id(),
                                settings,
                                Set.of(),
                                adoptee.config().digest());
                yield Outcome.further(
                        progress,
                        Phase.Configuring,
                        MachineReason.Adopting,
                        adoptee.id() + " is given the tags of the machine");
            }
            case AdoptionPlan.Turn.Done done -> {
                var guest = found.orElseThrow().id();
                var hardware = belongings(machine, usable, found.orElseThrow())
                        .hardware(machine, found.orElseThrow().config());
                nodes.note(machine, guest.vmid(), guest.node());
                transitions.tell(machine, "Adopted", "taken over", guest);
                yield Outcome.further(
                        progress.adoptedOn(guest.node()).withHardware(hardware),
                        Phase.Configuring,
                        MachineReason.Adopting,
                        guest + " is taken over");
            }
        };
    }

    private Outcome claim(Machine machine, Progress progress, Situation.Usable usable, AdoptionPlan.Adoptee adoptee) {
        var has = belongings(machine, usable, adoptee);
        var vmid = adoptee.id().vmid();
        leases.take(machine, usable.cluster(), vmid, has);
        return Outcome.further(
                progress.adopting(vmid, adoptee.id().node(), has),
                Phase.Pending,
                MachineReason.Adopting,
                "VMID " + vmid + " is leased as it is");
    }

    private static Belongings belongings(Machine machine, Situation.Usable usable, AdoptionPlan.Adoptee adoptee) {
        var told = usable.client().guests().interfaces(adoptee.id()).orElse(List.of());
        return Belongings.of(machine, usable.cluster().getSpec(), adoptee.config(), told);
    }

    private Optional<AdoptionPlan.Adoptee> look(Machine machine, Situation.Usable usable) {
        var vmid = AdoptionPlan.vmid(machine);
        var cluster = usable.cluster().getMetadata().getName();
        var id = usable.view()
                .guest(vmid)
                .or(() -> watch.refresh(cluster).guest(vmid))
                .map(GuestResource::id);
        try {
            return id.map(guest ->
                    new AdoptionPlan.Adoptee(guest, usable.client().guests().config(guest)));
        } catch (ProxmoxException.NotFound e) {
            if (e.isGuest()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
