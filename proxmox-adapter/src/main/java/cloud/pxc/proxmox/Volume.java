package cloud.pxc.proxmox;

import java.util.Optional;

/**
 * Something on a storage.
 *
 * @param volid such as {@code local:iso/debian.iso}, {@code local-lvm:vm-100-disk-0}
 * @param content what it is
 * @param format such as {@code iso}, {@code qcow2}, {@code raw}, {@code tzst}
 * @param size bytes
 * @param vmid the guest it belongs to
 */
public record Volume(String volid, ContentType content, String format, long size, Optional<Vmid> vmid) {

    /** The part of the volid behind storage and folder: {@code debian.iso}. */
    public String filename() {
        return volid.substring(Math.max(volid.lastIndexOf('/'), volid.indexOf(':')) + 1);
    }
}
