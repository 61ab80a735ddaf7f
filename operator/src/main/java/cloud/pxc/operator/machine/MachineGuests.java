package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterWatch;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The guests of machines, for those who work on them beside their own reconciler. Only what carries the owner's tag is handed out. */
@ApplicationScoped
public class MachineGuests {

    private final MachineObserver observer;
    private final ClusterWatch watch;

    MachineGuests(MachineObserver observer, ClusterWatch watch) {
        this.observer = observer;
        this.watch = watch;
    }

    /** What is found of a machine's guest. */
    public sealed interface Found {

        /** Its cluster can't be asked. */
        record Unreachable(String why) implements Found {}

        /** It is still being made. */
        record NotYet(String why) implements Found {}

        /** It is not there any more, as far as the token may see. */
        record Gone(String why) implements Found {}

        /** What has its VMID does not carry its owner tag. */
        record Foreign(String why) implements Found {}

        /** @param lock what it is locked for, such as {@code backup} */
        record Ours(ProxmoxClient client, GuestId guest, Optional<String> lock) implements Found {}
    }

    /** Asks Proxmox. */
    public Found find(Machine machine, Optional<ProxmoxCluster> cluster) {
        var progress = Progress.of(machine);
        return switch (observer.situation(machine, cluster)) {
            case Situation.Unusable(var message) -> new Found.Unreachable(message);
            case Situation.Usable usable -> found(usable, progress, machine);
        };
    }

    /** Whatever is known of it may not hold any more: its reconciler is to look closely. */
    public void lookAgain(Machine machine) {
        observer.distrust(machine.getMetadata().getUid());
        Progress.of(machine)
                .vmid()
                .ifPresent(vmid -> watch.mention(machine.getSpec().clusterRef().name(), vmid));
    }

    private Found found(Situation.Usable usable, Progress progress, Machine machine) {
        var name = machine.getMetadata().getName();
        return switch (observer.closely(machine, progress, usable)) {
            case GuestSight.Unleased unleased -> new Found.NotYet("Machine " + name + " has no guest yet");
            case GuestSight.HalfMade half -> new Found.NotYet("Machine " + name + " is still being made");
            case GuestSight.Absent absent ->
                progress.created()
                        ? new Found.Gone("the guest of Machine " + name + " is not on the cluster any more")
                        : new Found.NotYet("Machine " + name + " is still being made");
            case GuestSight.Foreign(var id, var called) ->
                progress.created()
                        ? new Found.Foreign(id + " (" + called + ") does not carry the tag "
                                + MachineIdentity.ownerTag(machine) + " of Machine " + name)
                        : new Found.NotYet("Machine " + name + " is still being made");
            case GuestSight.Moving(var id, var task) -> new Found.Ours(usable.client(), id, Optional.of("migrate"));
            case GuestSight.Quiet(var id) -> new Found.Ours(usable.client(), id, Optional.empty());
            case GuestSight.Ours ours ->
                isMade(machine, progress)
                        ? new Found.Ours(
                                usable.client(), ours.id(), ours.config().lock())
                        : new Found.NotYet("Machine " + name + " is still being made");
        };
    }

    /** Has once been as its spec says. */
    private static boolean isMade(Machine machine, Progress progress) {
        return progress.created() && (progress.started() || MachineReport.phase(machine) == Phase.Stopped);
    }
}
