package cloud.pxc.crds.stack;

/** How a change is made that can't be made in place. */
public enum UpdateType {
    /** Not at all: the machine says so and keeps running. */
    InPlace,
    /** By replacing machines, a few at a time. */
    Recreate
}
