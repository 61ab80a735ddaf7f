package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.claim.Claims;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Names as the zones allow them and the ledger knows their holders. */
@ApplicationScoped
class LedgerNameRights implements NameRights {

    private final Claims claims;

    LedgerNameRights(Claims claims) {
        this.claims = claims;
    }

    @Override
    public List<String> claim(Certificate certificate, List<String> dnsNames) {
        return claims.rule(owner(certificate), dnsNames.stream().map(Fqdn::of).toList())
                .denials();
    }

    @Override
    public void release(Certificate certificate) {
        claims.release(owner(certificate));
    }

    static Owner owner(Certificate certificate) {
        var meta = certificate.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), certificate.getKind(), meta.getName(), meta.getUid());
    }
}
