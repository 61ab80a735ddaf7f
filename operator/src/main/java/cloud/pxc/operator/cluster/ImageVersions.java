package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which file each image of a cluster is now, so that it is seen which machines were made from another. Pure. */
public record ImageVersions(String cluster, Map<String, Image> declared, Map<String, ImageStatus> known) {

    public ImageVersions {
        declared = Map.copyOf(declared);
        known = Map.copyOf(known);
    }

    public static ImageVersions of(ProxmoxCluster cluster) {
        var status = cluster.getStatus();
        return new ImageVersions(
                cluster.getMetadata().getName(),
                cluster.getSpec().images().stream().collect(Collectors.toMap(Image::name, image -> image)),
                status == null
                        ? Map.of()
                        // The first of a name is what the image is; those after it are what it was.
                        : status.images().stream()
                                .collect(Collectors.toMap(ImageStatus::name, image -> image, (is, was) -> is)));
    }

    /**
     * Whether a machine that was made from that volume has the image as it is declared now. A container template that is
     * declared without a version is any of its versions: an update of Proxmox' index makes nothing out of date.
     *
     * @param volume for example {@code local:import/pxc-debian-12-1a2b3c4d.qcow2}
     */
    public boolean isCurrent(String image, String volume) {
        var filename = ImageFile.filename(volume);
        var status = known.get(image);
        var present = status == null || status.volume() == null ? null : ImageFile.filename(status.volume());
        if (filename.equals(present)) {
            return true;
        }
        var declaration = declared.get(image);
        if (declaration != null && declaration.template() != null) {
            return filename.equals(declaration.template()) || filename.startsWith(declaration.template() + "_");
        }
        return present == null && ImageFile.isOf(image, filename);
    }

    /** What keeps a machine from being made from the image now. */
    public Optional<String> missing(String image) {
        if (!declared.containsKey(image)) {
            return Optional.of("ProxmoxCluster " + cluster + " has no image " + image + "; add it to its spec.images");
        }
        var status = known.get(image);
        if (status != null && Boolean.TRUE.equals(status.ready())) {
            return Optional.empty();
        }
        return Optional.of(
                status != null && status.message() != null
                        ? "image " + image + " is not on ProxmoxCluster " + cluster + ": " + status.message()
                        : "image " + image + " is being fetched to ProxmoxCluster " + cluster);
    }
}
