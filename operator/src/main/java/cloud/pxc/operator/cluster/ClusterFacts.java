package cloud.pxc.operator.cluster;

import cloud.pxc.proxmox.ClusterState;
import cloud.pxc.proxmox.ContainerTemplate;
import cloud.pxc.proxmox.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cluster was found to be.
 *
 * @param missing privileges the token lacks, by path
 * @param downloads that the status tells of, by UPID
 * @param held names of files on the images' storage, by node
 * @param index templates that Proxmox offers; empty where none is wanted
 */
record ClusterFacts(
        Version version,
        ClusterState state,
        ClusterView view,
        Map<String, List<String>> missing,
        Map<String, DownloadSight> downloads,
        Map<String, Set<String>> held,
        List<ContainerTemplate> index) {

    /** The same with what the poll has seen since. */
    ClusterFacts seen(ClusterView since) {
        return new ClusterFacts(version, state, since, missing, downloads, held, index);
    }
}
