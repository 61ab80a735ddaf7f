package cloud.pxc.operator.stack;

import cloud.pxc.operator.status.Reason;

/** Why a Stack is as it is. */
public enum StackReason implements Reason {
    /** All machines run. */
    Running,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** Its ProxmoxCluster does not exist. */
    ClusterMissing,
    /** Another stack of the cloud domain has its FQDN. */
    NameTaken,
    /** Its namespace may not take its FQDN, or somebody else holds it. */
    NameDenied,
    /** Its FQDN, or a host name in it, can't be a domain name. */
    InvalidName,
    /** A machine can't be made because another has its name, or the host name that its set fixes. */
    MachineNameTaken,
    /** All machines run, and some are not what is declared and won't become it by themselves. */
    OutOfDate,
    /** Machines are destroyed and made anew, a few at a time. */
    Replacing,
    /** Machines are restarted, a few at a time. */
    Restarting,
    /** Machines would have to be destroyed, and the stack is protected from that. */
    DeletionProtected,
    /** Machines are on their way. */
    Progressing,
    /** Some machine needs something. */
    MachineFailing,
    /** The ledger does not answer. */
    LedgerUnavailable,
    /** Its machines are being removed. */
    Deleting
}
