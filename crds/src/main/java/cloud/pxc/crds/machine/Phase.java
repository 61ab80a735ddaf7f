package cloud.pxc.crds.machine;

/** How far a machine is. */
public enum Phase {
    /** It waits for something: room, an image, a lease. */
    Pending,
    /** Its guest is being created. */
    Creating,
    /** Its disks, cloud-init and settings are being made. */
    Configuring,
    /** It is being started. */
    Starting,
    /** It runs. */
    Running,
    /** It is being shut down. */
    Stopping,
    /** It is moving to another node. */
    Migrating,
    /** It stands still. */
    Stopped,
    /** It is being destroyed. */
    Deleting,
    /** It needs a person. */
    Failed
}
