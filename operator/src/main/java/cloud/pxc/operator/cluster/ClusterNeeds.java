package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.Inventory.StorageResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What machines need of a Proxmox cluster.
 *
 * @param machines storage of their disks
 * @param images storage of images, container templates and cloud-init ISOs
 * @param plugs what they are attached to
 * @param kinds what images there are for
 * @param downloads whether nodes fetch images themselves
 */
public record ClusterNeeds(String machines, String images, List<Plug> plugs, Set<ImageType> kinds, boolean downloads) {

    public ClusterNeeds {
        plugs = List.copyOf(plugs);
        kinds = Set.copyOf(kinds);
    }

    /**
     * A bridge or VNet.
     *
     * @param vlan tag; empty: untagged
     */
    public record Plug(String bridge, Optional<Integer> vlan) {

        /** Where Proxmox' access control has it. */
        public String path() {
            return "/sdn/zones/localnetwork/" + bridge
                    + vlan.map(tag -> "/" + tag).orElse("");
        }
    }

    /** What is wrong with a storage. */
    public sealed interface Shortfall {

        String storage();

        /** @param known storages that there are */
        record Absent(String storage, List<String> known) implements Shortfall {}

        /**
         * @param content types that it has to take and does not
         * @param remedy the command that lets it
         */
        record Lacks(String storage, List<String> content, String remedy) implements Shortfall {}
    }

    static ClusterNeeds of(ProxmoxClusterSpec spec) {
        var plugs = spec.networks().stream()
                .map(network -> new Plug(network.bridge(), Optional.ofNullable(network.vlan())))
                .toList();
        var kinds = new TreeSet<ImageType>();
        spec.images().forEach(image -> kinds.add(image.type()));
        var downloads = spec.images().stream().anyMatch(image -> image.url() != null);
        return new ClusterNeeds(spec.storage().machines(), spec.storage().images(), plugs, kinds, downloads);
    }

    /** Storages that are not there or do not take what they have to. */
    public List<Shortfall> shortfalls(List<StorageResource> storages) {
        return content().entrySet().stream()
                .flatMap(entry -> shortfall(entry.getKey(), entry.getValue(), storages).stream())
                .toList();
    }

    /** Content types by the storage that has to take them, in the API's words. */
    private Map<String, List<String>> content() {
        var disks = new ArrayList<>(List.of(ContentType.IMAGES.word()));
        var files = new ArrayList<>(List.of(ContentType.ISO.word()));
        if (kinds.contains(ImageType.vm)) {
            files.add(ContentType.IMPORT.word());
        }
        if (kinds.contains(ImageType.container)) {
            disks.add(ContentType.ROOTDIR.word());
            files.add(ContentType.VZTMPL.word());
        }
        var content = new LinkedHashMap<String, List<String>>();
        content.put(machines, disks);
        content.computeIfAbsent(images, unknown -> new ArrayList<>()).addAll(files);
        return content;
    }

    private static Optional<Shortfall> shortfall(String storage, List<String> content, List<StorageResource> storages) {
        var found = storages.stream()
                .filter(candidate -> candidate.storage().equals(storage))
                .toList();
        if (found.isEmpty()) {
            var known = storages.stream()
                    .map(StorageResource::storage)
                    .distinct()
                    .sorted()
                    .toList();
            return Optional.of(new Shortfall.Absent(storage, known));
        }
        var lacking = content.stream()
                .filter(type -> found.stream().noneMatch(each -> each.content().contains(type)))
                .toList();
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        var all = new TreeSet<>(found.getFirst().content());
        all.addAll(lacking);
        return Optional.of(new Shortfall.Lacks(storage, lacking, Remedies.allow(storage, all)));
    }
}
