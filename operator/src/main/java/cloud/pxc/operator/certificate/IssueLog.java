package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import java.util.List;

/** Remembers what was issued, so that a CA's limits can be kept. */
interface IssueLog {

    void issued(Certificate certificate, String issuer, List<String> dnsNames, String serial);
}
