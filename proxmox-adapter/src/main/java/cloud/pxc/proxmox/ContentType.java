package cloud.pxc.proxmox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a storage may hold, in the API's words. */
public enum ContentType {
    /** CD-ROM images. */
    ISO,
    /** Container templates. */
    VZTMPL,
    /** Disk images to make disks of. */
    IMPORT,
    /** Disks of virtual machines. */
    IMAGES,
    /** Volumes of containers. */
    ROOTDIR,
    BACKUP,
    SNIPPETS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ContentType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
