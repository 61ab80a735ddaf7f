package cloud.pxc.world.proxmox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A volume on a storage.
 *
 * @param volid its id, storage included: {@code local:100/vm-100-disk-0.qcow2}
 * @param content {@code images}, {@code rootdir}, {@code iso}, {@code vztmpl} or {@code import}
 * @param format {@code raw}, {@code qcow2}, {@code iso}, {@code tzst}, …
 * @param sizeBytes what a guest sees as its size, or the length of the file
 * @param parent volid of the base image of a linked clone
 * @param file its bytes, where there are any: what was uploaded or downloaded
 */
record Volume(
        String volid,
        String content,
        String format,
        long sizeBytes,
        OptionalInt vmid,
        Optional<String> parent,
        long createdEpochSecond,
        Optional<Path> file) {

    String storage() {
        return volid.substring(0, volid.indexOf(':'));
    }

    /** Without the storage. */
    String name() {
        return volid.substring(volid.indexOf(':') + 1);
    }

    /** The volid with the base it is a clone of, as configurations and lists show it. */
    String shownVolid() {
        return parent.map(base -> base + "/" + name()).orElse(volid);
    }

    Volume resized(long bytes) {
        return new Volume(volid, content, format, bytes, vmid, parent, createdEpochSecond, file);
    }

    Volume renamed(String newVolid) {
        return new Volume(newVolid, content, format, sizeBytes, vmid, parent, createdEpochSecond, file);
    }

    /** Thin disks use little until something is written; files use what they are long. */
    long usedBytes() {
        return file.isPresent() ? sizeBytes : Math.min(sizeBytes, 1 << 20);
    }

    /** As in {@code GET …/content}. */
    Map<String, Object> entry() {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("volid", shownVolid());
        entry.put("content", content);
        entry.put("format", format);
        entry.put("size", sizeBytes);
        entry.put("ctime", createdEpochSecond);
        if (vmid.isPresent()) {
            entry.put("vmid", vmid.getAsInt());
            entry.put("used", usedBytes());
            entry.put(
                    "parent",
                    parent.map(base -> "../" + base.substring(base.indexOf(':') + 1))
                            .orElse(null));
        }
        return entry;
    }
}
