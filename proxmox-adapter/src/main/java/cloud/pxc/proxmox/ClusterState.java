package cloud.pxc.proxmox;

import java.util.List;

/**
 * Who is in the cluster, as the node that answered sees it ({@code GET /cluster/status}).
 *
 * @param name of the cluster; of the node where it stands alone
 * @param quorate whether a majority is online; without it nothing can be changed. A node that stands alone always is
 */
public record ClusterState(String name, boolean quorate, List<NodeState> nodes) {

    public ClusterState {
        nodes = List.copyOf(nodes);
    }

    /** One node and whether corosync sees it. */
    public record NodeState(String name, boolean online) {}
}
