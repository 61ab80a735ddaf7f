package cloud.pxc.operator.machine;

import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.HaResource;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import java.util.Optional;
import java.util.Set;

/** What is found at a machine's VMID. */
sealed interface GuestSight {

    /** No VMID has been leased yet. */
    record Unleased() implements GuestSight {}

    /** As far as the token may see. */
    record Absent() implements GuestSight {}

    /**
     * A creation has begun there and not ended.
     *
     * @param task what works on it, if anything does
     */
    record HalfMade(GuestId id, Optional<Upid> task) implements GuestSight {}

    /**
     * It carries the machine's owner tag.
     *
     * @param pending settings that wait for its next start
     * @param available what high availability is told of it, if anything
     */
    record Ours(GuestId id, RunState state, GuestConfig config, Set<String> pending, Optional<HaResource> available)
            implements GuestSight {

        /** One that high availability is not told of. */
        Ours(GuestId id, RunState state, GuestConfig config, Set<String> pending) {
            this(id, state, config, pending, Optional.empty());
        }
    }

    /**
     * It is ours, and locked by a migration.
     *
     * @param task what works on it; empty where none is found, be it that the guest is nearly through
     */
    record Moving(GuestId id, Optional<Upid> task) implements GuestSight {}

    /** The last poll saw it run as it was left; nothing was asked. */
    record Quiet(GuestId id) implements GuestSight {}

    /** It does not carry the machine's owner tag. */
    record Foreign(GuestId id, String name) implements GuestSight {}
}
