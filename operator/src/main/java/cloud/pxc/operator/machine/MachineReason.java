package cloud.pxc.operator.machine;

import cloud.pxc.operator.status.Reason;

/** Why a Machine is as it is. */
public enum MachineReason implements Reason {
    /** Its guest runs as declared. */
    Running,
    /** Its guest runs, and takes some change only at its next start. */
    RestartNeeded,
    /** Its guest runs, and something of its spec could only become true of another one. */
    ReplacementNeeded,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** Its ProxmoxCluster is missing, or can't be worked with yet. */
    ClusterNotReady,
    /** Its image is not on the nodes yet. */
    ImageMissing,
    /** The spec says something that can't be on this cluster. */
    InvalidSpec,
    /** No node has room for it. */
    NoRoom,
    /** Every VMID or address of a pool is taken. */
    PoolExhausted,
    /** Somebody else has the address that its spec says. */
    AddressTaken,
    /** A Secret or ConfigMap that its cloud-init names is not there. */
    CloudInitMissing,
    /** As many guests as may be are being made on the nodes. */
    Queued,
    /** VMID, addresses and node are being taken. */
    Reserving,
    /** A guest that was made by hand is being taken over. */
    Adopting,
    /** There is no guest of the VMID that it is to take over. */
    NothingToAdopt,
    /** The guest that it is to take over can't be. */
    AdoptionRefused,
    /** Its cloud-init ISO is being uploaded. */
    Uploading,
    /** Its guest is being created. */
    Creating,
    /** Its disks and settings are being made. */
    Configuring,
    /** It is being started. */
    Starting,
    /** It is being shut down. */
    Stopping,
    /** It stands still, as its spec says. */
    Stopped,
    /** It is moving to another node. */
    Migrating,
    /** It is as its spec says, but can't move as it is asked to. */
    MoveRefused,
    /** It is shut down and started again, as an annotation asks. */
    Restarting,
    /** A task of Proxmox has failed; it is tried again. */
    TaskFailed,
    /** Somebody else works on the guest. */
    Locked,
    /** The API token may not do what has to be done. */
    PrivilegesMissing,
    /** Proxmox can't be reached. */
    Unreachable,
    /** Proxmox does not accept what the spec asks for. */
    Refused,
    /** Its creation was cut off half-way, and only a person can clear it away. */
    HalfCreated,
    /** Its guest was there and is not any more. */
    GuestMissing,
    /** The guest of its VMID does not carry its owner tag any more. */
    NotOurs,
    /** The ledger does not answer. */
    LedgerUnavailable,
    /** It is being destroyed. */
    Deleting,
    /** Its first boot is over. */
    Booted,
    /** It boots for the first time. */
    Booting,
    /** It runs, and nothing in it tells whether it has booted. */
    NoAgent,
    /** Its names answer on all servers. */
    Published,
    /** Its names are not on all servers. */
    NotPublished
}
