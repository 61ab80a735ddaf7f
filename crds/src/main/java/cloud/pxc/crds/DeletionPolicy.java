package cloud.pxc.crds;

/** What becomes of things outside Kubernetes when the object that declares them is deleted. */
public enum DeletionPolicy {
    /** They are destroyed with it. */
    Delete,
    /** They are let go of and stay as they are. */
    Retain
}
