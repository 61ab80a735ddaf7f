package cloud.pxc.crds.certificate;

/** Algorithm of a private key. */
public enum KeyAlgorithm {
    /** Elliptic curves, 256 or 384 bits. */
    ECDSA,
    /** RSA, 2048 to 4096 bits. */
    RSA
}
