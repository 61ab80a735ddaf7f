package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.ContainerTemplate;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at a cluster: some calls, and two for each node that is to hold images. */
@ApplicationScoped
class ClusterObserver {

    private final ClusterWatch watch;

    ClusterObserver(ClusterWatch watch) {
        this.watch = watch;
    }

    /** @param images as the status tells of them */
    ClusterFacts observe(String cluster, ProxmoxClusterSpec spec, List<ImageStatus> images, ProxmoxClient client) {
        var version = client.version();
        var state = client.clusterState();
        var missing = RequiredPrivileges.missing(ClusterNeeds.of(spec), version, client.permissions());
        watch.watch(cluster, client);
        var view = watch.refresh(cluster);
        var nodes = missing.isEmpty() && !spec.images().isEmpty() ? ImageNodes.of(spec, view) : List.<String>of();
        // Before the storages: what has ended by now is seen there.
        var downloads = downloads(images, client);
        return new ClusterFacts(
                version, state, view, missing, downloads, held(spec, client, nodes), index(spec, client, nodes));
    }

    private static Map<String, DownloadSight> downloads(List<ImageStatus> images, ProxmoxClient client) {
        var downloads = new HashMap<String, DownloadSight>();
        images.stream()
                .flatMap(image -> image.tasks().values().stream())
                .forEach(upid -> downloads.put(upid, download(new Upid(upid), client)));
        return downloads;
    }

    static DownloadSight download(Upid upid, ProxmoxClient client) {
        try {
            var state = client.tasks().state(upid);
            if (state.running()) {
                return new DownloadSight.Runs();
            }
            return state.succeeded()
                    ? new DownloadSight.Over()
                    : new DownloadSight.Failed(client.tasks().failure(upid).getMessage());
        } catch (ProxmoxException.NotFound e) {
            return new DownloadSight.Over();
        }
    }

    private static Map<String, Set<String>> held(ProxmoxClusterSpec spec, ProxmoxClient client, List<String> nodes) {
        var held = new HashMap<String, Set<String>>();
        for (var node : nodes) {
            var files = new HashSet<String>();
            for (var type : List.of(ImageType.vm, ImageType.container)) {
                if (spec.images().stream().anyMatch(image -> image.type() == type)) {
                    var content = type == ImageType.vm ? ContentType.IMPORT : ContentType.VZTMPL;
                    client.storages().content(node, spec.storage().images(), content).stream()
                            .map(Volume::filename)
                            .forEach(files::add);
                }
            }
            held.put(node, files);
        }
        return held;
    }

    private static List<ContainerTemplate> index(ProxmoxClusterSpec spec, ProxmoxClient client, List<String> nodes) {
        var wanted = spec.images().stream().anyMatch(image -> image.template() != null);
        return wanted && !nodes.isEmpty() ? client.storages().templates(nodes.getFirst()) : List.of();
    }
}
