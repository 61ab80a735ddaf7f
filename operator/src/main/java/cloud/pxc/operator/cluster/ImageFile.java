package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.proxmox.Checksum;
import cloud.pxc.proxmox.ContainerTemplate;
import cloud.pxc.proxmox.ContentType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image as a file on a storage. A file from a URL is named after what it was made from, so that another version is another
 * file; a template of Proxmox' own index keeps its name there.
 *
 * @param source empty for a template of the index
 */
record ImageFile(Image image, ContentType content, String filename, Optional<URI> source, Optional<Checksum> checksum) {

    private static final int DIGEST_BYTES = 4;
    private static final List<String> ARCHIVES = List.of(".tar.gz", ".tar.xz", ".tar.zst");
    private static final List<String> DISKS = List.of(".qcow2", ".raw", ".vmdk", ".ova");

    /**
     * @param known name of the file that it was until now; a template goes by that while the index does not have it
     * @return empty if the index, as given, has no such template
     */
    static Optional<ImageFile> of(Image image, List<ContainerTemplate> index, Optional<String> known) {
        var content = image.type() == ImageType.vm ? ContentType.IMPORT : ContentType.VZTMPL;
        if (image.url() != null) {
            var checksum = Optional.ofNullable(image.checksum()).map(ImageFile::checksum);
            var filename = prefix(image.name()) + digest(image) + extension(image);
            return Optional.of(new ImageFile(image, content, filename, Optional.of(URI.create(image.url())), checksum));
        }
        var same = known.filter(
                filename -> filename.equals(image.template()) || filename.startsWith(image.template() + "_"));
        // Indexes of nodes differ in age: what is there already is not given up for an older one.
        return Stream.concat(
                        index.stream()
                                .filter(template -> template.packageName().equals(image.template())
                                        || template.template().equals(image.template()))
                                .map(ContainerTemplate::template),
                        same.stream())
                .max(Comparator.comparing(ImageFile::version, ImageFile::compareVersions))
                .map(filename -> new ImageFile(image, content, filename, Optional.empty(), Optional.empty()));
    }

    /** The file's name in a volume, such as {@code local:import/pxc-debian-12-1a2b3c4d.qcow2}. */
    static String filename(String volume) {
        return volume.substring(volume.indexOf('/') + 1);
    }

    /** Whether the file is some version of the image, fetched from a URL. */
    static boolean isOf(String image, String filename) {
        var prefix = prefix(image);
        return filename.startsWith(prefix)
                && filename.substring(prefix.length()).matches("[0-9a-f]{" + 2 * DIGEST_BYTES + "}\\..+");
    }

    private static String prefix(String image) {
        return "pxc-" + image + "-";
    }

    /** As Proxmox names it, for example {@code local:import/pxc-debian-12-1a2b3c4d.qcow2}. */
    String volume(String storage) {
        return storage + ":" + content.word() + "/" + filename;
    }

    private static Checksum checksum(String text) {
        var colon = text.indexOf(':');
        return new Checksum(text.substring(0, colon), text.substring(colon + 1));
    }

    private static String digest(Image image) {
        try {
            var text = image.url() + "\n" + image.checksum();
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** Proxmox knows the format by the name; cloud images called .img are qcow2. */
    private static String extension(Image image) {
        var path = URI.create(image.url()).getPath();
        var known = image.type() == ImageType.vm ? DISKS : ARCHIVES;
        return known.stream()
                .filter(path::endsWith)
                .findFirst()
                .orElse(image.type() == ImageType.vm ? ".qcow2" : ".tar.gz");
    }

    /** As in {@code debian-12-standard_12.12-1_amd64.tar.zst}. */
    private static String version(String template) {
        var parts = template.split("_");
        return parts.length > 1 ? parts[1] : template;
    }

    /** Numbers as numbers: 12.12 is newer than 12.7. */
    static int compareVersions(String one, String other) {
        var left = one.split("[^0-9]+");
        var right = other.split("[^0-9]+");
        for (var i = 0; i < Math.max(left.length, right.length); i++) {
            var difference = Long.compare(number(left, i), number(right, i));
            if (difference != 0) {
                return difference;
            }
        }
        return one.compareTo(other);
    }

    private static long number(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Long.parseLong(parts[index]) : 0;
    }
}
