package cloud.pxc.operator.snapshot;

import cloud.pxc.operator.status.Reason;

/** Why a MachineSnapshot is as it is. */
public enum SnapshotReason implements Reason {
    /** It is there. */
    Taken,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** There is no Machine of that name. */
    MachineMissing,
    /** The Machine was deleted, or another one has its name. */
    MachineGone,
    /** The Machine is being deleted, and this with it. */
    MachineLeaving,
    /** The Machine's guest is still being made. */
    MachineNotReady,
    /** Its ProxmoxCluster is missing, or can't be worked with yet. */
    ClusterNotReady,
    /** The spec says something that can't be of this machine. */
    InvalidSpec,
    /** It is being taken. */
    Taking,
    /** The machine is being rolled back to it. */
    RollingBack,
    /** A later snapshot stands between it and the machine. */
    LaterSnapshots,
    /** A disk lies where nothing can be snapshot. */
    NotSupported,
    /** It is not on Proxmox any more. */
    SnapshotMissing,
    /** The guest does not carry the owner tag of its Machine any more. */
    NotOurs,
    /** Somebody else works on the guest. */
    Locked,
    /** Something was cut off half-way, and only a person can unlock the guest. */
    CutOff,
    /** A task of Proxmox has failed; it is tried again. */
    TaskFailed,
    /** The API token may not do what has to be done. */
    PrivilegesMissing,
    /** Proxmox can't be reached. */
    Unreachable,
    /** It is being deleted. */
    Deleting
}
