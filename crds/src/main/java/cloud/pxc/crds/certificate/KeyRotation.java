package cloud.pxc.crds.certificate;

/** When a new private key is made. */
public enum KeyRotation {
    /** With every certificate. */
    Always,
    /** Once. */
    Never
}
