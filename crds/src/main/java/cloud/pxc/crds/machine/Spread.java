package cloud.pxc.crds.machine;

/** What machines of a set are spread over. */
public enum Spread {
    /** Wherever there is room. */
    none,
    /** Different nodes as far as there are. */
    node,
    /** Different zones as far as there are, then different nodes. */
    zone
}
