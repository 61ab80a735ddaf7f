package cloud.pxc.crds.stack;

/** How a change is made that can't be made in place. */
public enum UpdateType {
    /** Not at all: the machine says so and keeps running. */
    InPlace,
    /** By restarting machines, a few at a time, where that is enough. */
    Restart,
    /** By restarting machines, a few at a time, and where that isn't enough by replacing them, with empty disks. */
    Recreate
}
