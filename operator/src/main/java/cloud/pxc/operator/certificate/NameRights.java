package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import java.util.List;

/** Which names a namespace may have certificates for. */
interface NameRights {

    /**
     * Takes the names for the Certificate, and lets go of others that it held.
     *
     * @return why it may not have some of them, a sentence each with what to do; empty if it may have all
     */
    List<String> claim(Certificate certificate, List<String> dnsNames);

    /** Lets go of all names. */
    void release(Certificate certificate);
}
