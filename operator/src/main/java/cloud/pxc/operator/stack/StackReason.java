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
    /** Machines are on their way. */
    Progressing,
    /** Some machine needs something. */
    MachineFailing,
    /** The ledger does not answer. */
    LedgerUnavailable,
    /** Its machines are being removed. */
    Deleting
}
