package cloud.pxc.operator.cluster;

import cloud.pxc.operator.status.Reason;

/** Why a ProxmoxCluster is as it is. */
public enum ClusterReason implements Reason {
    /** Everything that machines need is there. */
    Healthy,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** A Secret that the spec names is missing or incomplete. */
    SecretInvalid,
    /** The spec says something that can't be. */
    InvalidSpec,
    /** No endpoint can be reached. */
    Unreachable,
    /** Whoever answers at an endpoint has a certificate that is not trusted. */
    Untrusted,
    /** The API token is not accepted. */
    TokenRefused,
    /** The API token may not do what the operator has to. */
    PrivilegesMissing,
    /** The cluster has no quorum: nothing can be changed on it. */
    NoQuorum,
    /** A storage that the spec names is not there, or does not take what it has to. */
    StorageUnsuitable,
    /** Images are being downloaded. */
    FetchingImages,
    /** An image can't be fetched. */
    ImageFailed,
    /** Proxmox refused for another reason. */
    Refused,
    /** Stacks live on the cluster: it is not let go. */
    InUse,
    /** Its images are being removed. */
    Deleting,
    /** Nothing new is placed on nodes that an annotation names. */
    Cordoned,
    /** An annotation names a node that there isn't. */
    UnknownNode,
    /** Machines are moving away from a node. */
    Draining,
    /** A machine can't leave a node that is drained. */
    DrainBlocked,
    /** No machine is left on the nodes that are drained. */
    Drained
}
