package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.ProxmoxClient;

/** How it stands with the cluster of a machine. */
sealed interface Situation {

    /** There is none of that name, or it can't be worked with. */
    record Unusable(String message) implements Situation {}

    /** It answers. */
    record Usable(ProxmoxCluster cluster, ClusterView view, ProxmoxClient client) implements Situation {}
}
