package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.ledger.CertificateIssues;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Remembers it in the ledger. */
@ApplicationScoped
class LedgerIssueLog implements IssueLog {

    private final CertificateIssues issues;

    LedgerIssueLog(CertificateIssues issues) {
        this.issues = issues;
    }

    @Override
    public void issued(Certificate certificate, String issuer, List<String> dnsNames, String serial) {
        issues.record(issuer, dnsNames, LedgerNameRights.owner(certificate), serial);
    }
}
