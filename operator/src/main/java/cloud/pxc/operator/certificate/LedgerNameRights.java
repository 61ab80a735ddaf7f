package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.ledger.ClaimOutcome;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names as the zones allow them and the ledger knows their holders. */
@ApplicationScoped
class LedgerNameRights implements NameRights {

    private final KubernetesClient kubernetes;
    private final HostClaims claims;

    LedgerNameRights(KubernetesClient kubernetes, HostClaims claims) {
        this.kubernetes = kubernetes;
        this.claims = claims;
    }

    @Override
    public List<String> claim(Certificate certificate, List<String> dnsNames) {
        var refusals = new ArrayList<>(refusedByZones(certificate, dnsNames));
        if (!refusals.isEmpty()) {
            return refusals;
        }
        var owner = owner(certificate);
        for (var outcome : claims.hold(owner, dnsNames)) {
            if (outcome instanceof ClaimOutcome.HeldBy held) {
                refusals.add(held.fqdn() + " is held by " + held.holder().describe() + " since "
                        + held.since().atOffset(ZoneOffset.UTC).toLocalDate()
                        + "; ask its owner to let it go, or choose another name");
            }
        }
        var dropped = new HashSet<>(claims.namesOf(owner));
        dnsNames.forEach(dropped::remove);
        if (!dropped.isEmpty()) {
            claims.release(owner, dropped);
        }
        return refusals;
    }

    @Override
    public void release(Certificate certificate) {
        claims.releaseAll(owner(certificate));
    }

    private List<String> refusedByZones(Certificate certificate, List<String> dnsNames) {
        var zones = kubernetes.resources(DnsZone.class).list().getItems();
        var name = certificate.getMetadata().getNamespace();
        var namespace = kubernetes.namespaces().withName(name).get();
        var labels = Optional.ofNullable(namespace)
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of());
        return dnsNames.stream()
                .map(fqdn -> ZoneRules.refusal(fqdn, name, labels, zones))
                .flatMap(Optional::stream)
                .toList();
    }

    static Owner owner(Certificate certificate) {
        var meta = certificate.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), certificate.getKind(), meta.getName(), meta.getUid());
    }
}
