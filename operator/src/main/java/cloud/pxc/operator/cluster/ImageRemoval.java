package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Upid;
import java.util.ArrayList;
import java.util.List;

/** Removes images from where they were fetched to, and from nowhere else. */
final class ImageRemoval {

    private final ProxmoxClient client;

    ImageRemoval(ProxmoxClient client) {
        this.client = client;
    }

    /** @return what is still on its way; nothing once all are gone */
    List<String> advance(List<ImageStatus> images) {
        var left = new ArrayList<String>();
        for (var image : images) {
            for (var node : image.fetched()) {
                if (stops(image.tasks().get(node)) || removes(node, image.volume())) {
                    left.add(image.volume() + " on " + node);
                }
            }
        }
        return left;
    }

    /** A download that goes on would bring back what was removed. */
    private boolean stops(String upid) {
        if (upid == null || !(ClusterObserver.download(new Upid(upid), client) instanceof DownloadSight.Runs)) {
            return false;
        }
        client.tasks().stop(new Upid(upid));
        return true;
    }

    private boolean removes(String node, String volume) {
        var storage = volume.substring(0, volume.indexOf(':'));
        var content = volume.startsWith(storage + ":" + ContentType.IMPORT.word() + "/")
                ? ContentType.IMPORT
                : ContentType.VZTMPL;
        var there = client.storages().content(node, storage, content).stream()
                .anyMatch(held -> held.filename().equals(ImageFile.filename(volume)));
        if (there) {
            client.storages().delete(node, volume);
        }
        return there;
    }
}
