package cloud.pxc.operator.cluster;

/** What became of a download that the status tells of. */
sealed interface DownloadSight {

    record Runs() implements DownloadSight {}

    /** Done, or so long ago that Proxmox has forgotten it: what it did shows on the storage. */
    record Over() implements DownloadSight {}

    record Failed(String cause) implements DownloadSight {}
}
