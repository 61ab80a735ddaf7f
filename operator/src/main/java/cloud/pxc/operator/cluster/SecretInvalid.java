package cloud.pxc.operator.cluster;

/** A Secret that a cluster names is not there, or lacks something; the message says which, and what to do. */
final class SecretInvalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretInvalid(String message) {
        super(message);
    }
}
