package cloud.pxc.world.guest;

import cloud.pxc.world.Scratch;
import java.nio.file.Path;

/**
 * What all guests of a world have in common.
 *
 * @param base the root file system that each of them differs from
 * @param script {@code boot.sh}
 */
record Host(Scratch scratch, Lan lan, Path base, Path script) {

    /** A name for a guest's control group that no other world uses. */
    String cgroup(int vmid) {
        return scratch.folder().getFileName() + "-" + vmid;
    }

    Disk disk(int vmid) {
        return new Disk(scratch.folder("guests/" + vmid));
    }
}
