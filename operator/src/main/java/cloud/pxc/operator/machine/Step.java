package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one next thing to do for a machine, so that it becomes what its spec says. */
sealed interface Step {

    /** Nothing can be done now; looked at again later, or when what it waits for has changed. */
    record Wait(Verdict verdict) implements Step {}

    /** Take VMID, addresses and a node. */
    record Reserve() implements Step {}

    /** The VMID turned out to be somebody else's: take another. */
    record GiveUpVmid(GuestId taken) implements Step {}

    record UploadSeed() implements Step {}

    /** What its cloud-init ISO is made of has changed. @param now volume in its drive */
    record RenewSeed(GuestId guest, Optional<String> now) implements Step {}

    /** Its first boot is over, and its cloud-init ISO is to go. @param now volume in its drive */
    record DetachSeed(GuestId guest, Optional<String> now) implements Step {}

    record Create(String image) implements Step {}

    /** A creation of ours runs whose name was lost in a crash. */
    record TakeUp(Upid task) implements Step {}

    record Follow(Upid task) implements Step {}

    record Fail(Upid task, ProxmoxException why) implements Step {}

    /** The guest is there, and ours. */
    record Found(GuestId guest) implements Step {}

    /** Something about what the guest is made of. */
    sealed interface Hardware extends Step {}

    /** @param bytes that the disk is to have */
    record Grow(GuestId guest, String disk, long bytes) implements Hardware {}

    /** What the guest is to be given is noted before it is, so that it can be taken away again. */
    record Note(GuestId guest, GuestHardware intent) implements Hardware {}

    /** @param digest of the configuration that this is based on */
    record Configure(GuestId guest, Map<String, String> set, Set<String> delete, Optional<String> digest)
            implements Hardware {}

    /**
     * Lease what an interface needs that is new, or for another network.
     *
     * @param taken numbers of interfaces that are somebody else's
     */
    record Plug(GuestId guest, List<AttachedInterface> known, Set<Integer> taken) implements Hardware {}

    /**
     * Let go what interfaces had that are gone.
     *
     * @param nics that there are
     */
    record Unplug(GuestId guest, List<AttachedInterface> gone, GuestHardware left, List<Nic> nics)
            implements Hardware {}

    /** Put the guest into another resource pool. */
    record Assign(GuestId guest, Optional<String> from, Optional<String> to) implements Hardware {}

    record Start(GuestId guest) implements Step {}

    /** For a restart, or because its spec has it stand still. */
    record ShutDown(GuestId guest) implements Step {}

    /** It stands still: the restart that the annotation's value asks for is half done, and what is left is a start. */
    record NoteRestart(GuestId guest, String value) implements Step {}

    /**
     * It stands still, as its spec says.
     *
     * @param hardware that it has
     */
    record Rest(GuestId guest, GuestHardware hardware) implements Step {}

    /** Take its cloud-init ISO out and away: it would keep it on its node. */
    record Eject(GuestId guest) implements Step {}

    record Migrate(GuestId guest, String target) implements Step {}

    /** @param asked node that it was asked to be on and is; empty: nothing asks any more */
    record NoteMove(GuestId guest, Optional<String> asked) implements Step {}

    /**
     * Tell high availability of it.
     *
     * @param isNew whether it has not been told of it before
     */
    record TellHa(GuestId guest, Map<String, String> settings, boolean isNew) implements Step {}

    /** High availability has been told, and does it by itself. */
    record AwaitHa(GuestId guest, boolean starts) implements Step {}

    record LeaveHa(GuestId guest) implements Step {}

    /** Its guest was removed, and its spec says that another is made. */
    record MakeAnew(Vmid gone) implements Step {}

    /**
     * It is what its spec says, as far as it can be.
     *
     * @param never of the spec becomes true of this guest
     * @param pending settings that wait for its next start
     * @param remarks what a person should know
     * @param hardware that the guest has now
     */
    record Settle(GuestId guest, List<String> never, Set<String> pending, List<String> remarks, GuestHardware hardware)
            implements Step {}

    /** It was what its spec says, and nothing is known to the contrary. */
    record Stay(GuestId guest) implements Step {}
}
