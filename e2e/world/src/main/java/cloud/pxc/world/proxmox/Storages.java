package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The storages of the cluster and the volumes on them; a storage that is not shared has its own on each node. */
final class Storages {
    private final Map<String, StorageSpec> specs = new LinkedHashMap<>();
    /** By place ({@code local} of {@code pve1}, or a shared storage) and volid without the base of a linked clone. */
    private final Map<String, TreeMap<String, Volume>> volumes = new TreeMap<>();

    private final ScaledTime time;

    Storages(List<StorageSpec> specs, ScaledTime time) {
        this.time = time;
        specs.forEach(spec -> this.specs.put(spec.name(), spec));
    }

    Collection<StorageSpec> specs() {
        return specs.values();
    }

    /** @throws ApiException when there is no such storage: {@code storage_config} */
    StorageSpec spec(String storage) {
        var spec = specs.get(storage);
        if (spec == null) {
            throw ApiException.failure("storage '" + storage + "' does not exist");
        }
        return spec;
    }

    /** @throws ApiException when there is none, or not on this node: {@code storage_check_enabled} */
    StorageSpec enabled(String storage, String node) {
        var spec = spec(storage);
        if (!spec.enabledOn(node)) {
            throw ApiException.failure("storage '" + storage + "' is not available on node '" + node + "'");
        }
        return spec;
    }

    synchronized long usedBytes(StorageSpec spec, String node) {
        return at(spec, node).values().stream().mapToLong(Volume::usedBytes).sum();
    }

    synchronized List<Volume> list(StorageSpec spec, String node) {
        return List.copyOf(at(spec, node).values());
    }

    /** @param volid with or without the base of a linked clone */
    synchronized Optional<Volume> find(String volid, String node) {
        return Optional.ofNullable(specs.get(storageOf(volid)))
                .map(spec -> at(spec, node).get(withoutBase(volid)));
    }

    /** Makes a new disk for a guest, with the next free number. */
    synchronized Volume allocate(StorageSpec spec, String node, int vmid, String content, String format, long size) {
        return allocate(spec, node, vmid, content, format, size, Optional.empty());
    }

    /** @param base volid of the image that the disk starts from without copying it */
    synchronized Volume allocate(
            StorageSpec spec, String node, int vmid, String content, String format, long size, Optional<String> base) {
        var volid = volid(spec, vmid, "disk-" + freeNumber(spec, node, vmid), format);
        return put(
                new Volume(
                        volid, content, format, size, OptionalInt.of(vmid), base, time.epochSecond(), Optional.empty()),
                node);
    }

    /** The first that no disk of the guest has, whatever its format ({@code get_next_vm_diskname}). */
    private int freeNumber(StorageSpec spec, String node, int vmid) {
        var disk = Pattern.compile(".*(?:vm|base)-" + vmid + "-disk-(\\d+)(?:\\..*)?");
        var taken = at(spec, node).keySet().stream()
                .map(disk::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toSet());
        return IntStream.iterate(0, number -> number + 1)
                .filter(number -> !taken.contains(number))
                .findFirst()
                .orElseThrow();
    }

    /** Makes the drive that cloud-init reads; one of 4 MiB per guest. */
    synchronized Volume allocateCloudInit(StorageSpec spec, String node, int vmid) {
        var format = spec.kind() == StorageSpec.Kind.DIR ? "qcow2" : "raw";
        return put(
                new Volume(
                        volid(spec, vmid, "cloudinit", format),
                        "images",
                        format,
                        4L << 20,
                        OptionalInt.of(vmid),
                        Optional.empty(),
                        time.epochSecond(),
                        Optional.empty()),
                node);
    }

    synchronized Volume put(Volume volume, String node) {
        at(spec(volume.storage()), node).put(volume.volid(), volume);
        return volume;
    }

    /** Makes a disk a base image that clones can be linked to. */
    synchronized Volume makeBase(Volume volume, String node) {
        var base = volume.renamed(volume.volid().replace("vm-", "base-"));
        at(spec(volume.storage()), node).remove(volume.volid());
        return put(base, node);
    }

    synchronized boolean hasClones(String volid, String node) {
        var plain = withoutBase(volid);
        return at(spec(storageOf(volid)), node).values().stream()
                .anyMatch(volume -> volume.parent().filter(plain::equals).isPresent());
    }

    /** Deletes a volume and its bytes; nothing happens when there is none. */
    synchronized void free(String volid, String node) {
        find(volid, node).ifPresent(volume -> {
            at(spec(volume.storage()), node).remove(volume.volid());
            volume.file().ifPresent(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("The file of " + volid + " could not be deleted", e);
                }
            });
        });
    }

    /** All disks of a guest, on every storage of its node. */
    synchronized List<Volume> ownedBy(int vmid, String node) {
        return specs.values().stream()
                .filter(spec -> spec.enabledOn(node))
                .flatMap(spec -> ownedOn(spec, vmid, node))
                .toList();
    }

    /** All disks of a guest go to the same storages of another node, where those are not the same storage anyway. */
    synchronized void carry(int vmid, String from, String to) {
        specs.values().stream()
                .filter(spec -> !spec.shared() && spec.enabledOn(from))
                .forEach(spec -> ownedOn(spec, vmid, from).toList().forEach(volume -> {
                    at(spec, from).remove(volume.volid());
                    at(spec, to).put(volume.volid(), volume);
                }));
    }

    private Stream<Volume> ownedOn(StorageSpec spec, int vmid, String node) {
        return at(spec, node).values().stream().filter(volume -> volume.vmid().orElse(-1) == vmid);
    }

    /** Where the file of a volume would be on a real node; for logs. */
    String path(Volume volume) {
        if (spec(volume.storage()).kind() == StorageSpec.Kind.LVM_THIN) {
            return "/dev/pve/" + volume.name();
        }
        var folder =
                switch (volume.content()) {
                    case "iso", "vztmpl" -> "template/" + (volume.content().equals("iso") ? "iso" : "cache");
                    case "import" -> "import";
                    default -> "images";
                };
        var name = folder.equals("images") ? volume.name() : volume.name().replaceFirst("^[a-z]+/", "");
        return "/var/lib/vz/" + folder + "/" + name;
    }

    static String storageOf(String volid) {
        return volid.contains(":") ? volid.substring(0, volid.indexOf(':')) : volid;
    }

    /**
     * {@code local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2} is the volume {@code
     * local:101/vm-101-disk-0.qcow2}.
     */
    private static String withoutBase(String volid) {
        return volid.replaceFirst(":(\\d+/)?base-[^/]+/", ":");
    }

    private static String volid(StorageSpec spec, int vmid, String what, String format) {
        var name = "vm-" + vmid + "-" + what;
        return spec.kind() == StorageSpec.Kind.DIR
                ? spec.name() + ":" + vmid + "/" + name + "." + format
                : spec.name() + ":" + name;
    }

    private TreeMap<String, Volume> at(StorageSpec spec, String node) {
        return volumes.computeIfAbsent(
                spec.shared() ? spec.name() : node + "/" + spec.name(), ignored -> new TreeMap<>());
    }
}
