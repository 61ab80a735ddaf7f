package cloud.pxc.crds.cluster;

/** What an image is for. */
public enum ImageType {
    /** A disk image, imported for virtual machines. */
    vm,
    /** A container template. */
    container
}
