package cloud.pxc.operator.machine;

import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;

/** What became of the task that the status speaks of. */
sealed interface TaskSight {

    /** The status speaks of none. */
    record None() implements TaskSight {}

    record Runs(Upid upid) implements TaskSight {}

    /** Done, or so long ago that Proxmox has forgotten it: what it did shows in the guest. */
    record Over(Upid upid) implements TaskSight {}

    record Failed(Upid upid, ProxmoxException why) implements TaskSight {}
}
