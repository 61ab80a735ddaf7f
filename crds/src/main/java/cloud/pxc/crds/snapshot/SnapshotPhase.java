package cloud.pxc.crds.snapshot;

/** How far a snapshot is. */
public enum SnapshotPhase {
    /** It waits for something: its machine, a lock. */
    Pending,
    /** It is being taken. */
    Taking,
    /** It is there. */
    Ready,
    /** Its machine is being rolled back to it. */
    RollingBack,
    /** It is being deleted. */
    Deleting,
    /** It needs a person. */
    Failed
}
