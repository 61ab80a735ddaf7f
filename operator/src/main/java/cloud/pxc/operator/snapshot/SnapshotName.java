package cloud.pxc.operator.snapshot;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/** What a snapshot is called on Proxmox: {@code ^[A-Za-z][A-Za-z0-9_-]{1,39}$}, readable, and no other object's. */
final class SnapshotName {

    private static final int LONGEST = 40;
    private static final int OF_UID = 8;

    private SnapshotName() {}

    static String of(ObjectMeta meta) {
        var words = meta.getName().replaceAll("[^A-Za-z0-9_-]", "-");
        var readable = Character.isLetter(words.charAt(0)) ? words : "s-" + words;
        var longest = LONGEST - OF_UID - 1;
        var cut = readable.length() <= longest ? readable : readable.substring(0, longest);
        return cut + "-" + meta.getUid().substring(0, OF_UID);
    }
}
