package cloud.pxc.operator.certificate;

import java.security.KeyPair;

/**
 * The key of the next certificate, kept before an order is opened.
 *
 * @param purpose what it is for, see {@link CertificateRequest#purpose()}
 */
record NextKey(KeyPair keys, String purpose) {

    @Override
    public String toString() {
        return "NextKey[purpose=" + purpose + "]";
    }
}
