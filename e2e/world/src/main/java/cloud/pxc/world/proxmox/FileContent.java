package cloud.pxc.world.proxmox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A file that is to become a volume: which storage, which content type, under which name. Both upload and download-url
 * check it the same
 * way ({@code PVE/API2/Storage/Status.pm}).
 */
record FileContent(StorageSpec storage, String content, String filename) {
    private static final Pattern ISO = Pattern.compile(".+\\.(?i:iso|img)");
    private static final Pattern TEMPLATE = Pattern.compile(".+\\.(?i:tar|tar\\.(gz|xz|zst|bz2))");
    private static final Pattern IMPORT = Pattern.compile("[a-zA-Z0-9\\-.+=_]+\\.(?i:ova|qcow2|raw|vmdk)");

    /** @throws ApiException 400 when the name does not fit the content */
    static FileContent of(StorageSpec storage, String content, String givenName) {
        var filename = givenName.replaceFirst("^.*[/\\\\]", "").replaceAll("[^a-zA-Z0-9_.-]", "_");
        var fits =
                switch (content) {
                    case "iso" -> ISO.matcher(filename).matches();
                    case "vztmpl" -> TEMPLATE.matcher(filename).matches();
                    default -> IMPORT.matcher(filename).matches();
                };
        if (!fits) {
            throw ApiException.parameter(
                    "filename",
                    content.equals("import") ? "invalid filename or wrong extension" : "wrong file extension");
        }
        return new FileContent(storage, content, filename);
    }

    String volid() {
        return storage.name() + ":" + content + "/" + filename;
    }

    String format() {
        var extension = filename.substring(filename.lastIndexOf('.') + 1);
        return switch (content) {
            case "iso" -> "iso";
            case "vztmpl" -> extension.equals("gz") ? "tgz" : "t" + extension;
            default -> extension;
        };
    }

    Volume volume(long size, long createdEpochSecond, Path file) {
        return new Volume(
                volid(),
                content,
                format(),
                size,
                OptionalInt.empty(),
                Optional.empty(),
                createdEpochSecond,
                Optional.of(file));
    }

    /** What {@code qemu-img info} finds wrong with an untrusted image; empty when nothing is. */
    Optional<String> complaint(Path file) {
        return format().equals("qcow2") && DiskImage.qcow2Size(file).isEmpty()
                ? Optional.of("failed to query file information with qemu-img")
                : Optional.empty();
    }
}
