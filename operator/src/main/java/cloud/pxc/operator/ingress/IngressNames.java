package cloud.pxc.operator.ingress;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.certificate.IngressCertificates;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Optional;

/** Makes the names of one Ingress true, and its certificates, and tells of it. */
@ApplicationScoped
class IngressNames {

    private final Claims claims;
    private final ZoneCatalog catalog;
    private final Names names;
    private final IngressCertificates certificates;
    private final IngressTold told;

    IngressNames(Claims claims, ZoneCatalog catalog, Names names, IngressCertificates certificates, IngressTold told) {
        this.claims = claims;
        this.catalog = catalog;
        this.names = names;
        this.certificates = certificates;
        this.told = told;
    }

    void publish(Ingress ingress, Owner owner) {
        var plan = IngressPlan.of(ingress);
        var ruling = claims.rule(owner, plan.hosts());
        var pointed = plan.point(ruling.granted(), this::zoneOf);
        var publication = names.publish(owner, pointed.wishes());
        if (plan.off()) {
            told.forget(owner);
            return;
        }
        var troubles = new ArrayList<>(plan.problems());
        troubles.addAll(ruling.denials());
        troubles.addAll(pointed.unpointed());
        told.tell(ingress, owner, IngressReport.of(pointed.wishes(), troubles, publication));
        if (ruling.granted().containsAll(plan.hosts())) {
            told.certificates(ingress, owner, certificates.want(ingress));
        }
    }

    void letGo(Owner owner) {
        names.withdraw(owner);
        claims.release(owner);
        told.forget(owner);
    }

    private Optional<DnsZone> zoneOf(Fqdn host) {
        return catalog.zoneOf(host.text());
    }
}
