package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.GuestId;

/** Something that this run has made, or was about to. */
sealed interface Trace {

    /** @param name that it was given: with the tag, what tells it from somebody else's */
    record Guest(GuestId id, String name) implements Trace {}

    /** @param filename of its own in every run; that of a template only where this run has fetched it */
    record File(String node, String storage, ContentType type, String filename) implements Trace {

        String volid() {
            return storage + ":" + type.word() + "/" + filename;
        }
    }
}
