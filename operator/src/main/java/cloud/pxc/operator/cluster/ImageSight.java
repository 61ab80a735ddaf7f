package cloud.pxc.operator.cluster;

import cloud.pxc.proxmox.Upid;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an image on one node.
 *
 * @param held whether its file is there
 * @param noted whether the status says already that it is, or is about to be, fetched there
 * @param download that runs
 * @param failure what the last attempt failed with
 */
record ImageSight(String node, boolean held, boolean noted, Optional<Upid> download, Optional<Failure> failure) {

    /** @param again when it is tried again */
    record Failure(int count, Instant again, String message) {}
}
