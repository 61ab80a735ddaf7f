package cloud.pxc.operator.ingress;

import cloud.pxc.crds.ingress.IngressHosts;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.status.Events;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells on the Ingress what became of its names: an annotation that is written only when it changes, and events. */
@ApplicationScoped
class IngressTold {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("pxc")
            .withForce(true)
            .build();

    private final KubernetesClient kubernetes;
    private final Events events;
    private final Map<Owner, String> lastEvent = new ConcurrentHashMap<>();
    private final Map<Owner, List<String>> lastCertificates = new ConcurrentHashMap<>();

    IngressTold(KubernetesClient kubernetes, Events events) {
        this.kubernetes = kubernetes;
        this.events = events;
    }

    void tell(Ingress ingress, Owner owner, IngressReport report) {
        var there = Optional.ofNullable(ingress.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(IngressHosts.DNS));
        if (!there.equals(report.annotation())) {
            annotate(ingress, report.annotation());
            report.event().ifPresent(event -> event(ingress, owner, report.annotation(), event));
        }
    }

    /** What is wanted for the tls block and can't be had, told once. */
    void certificates(Ingress ingress, Owner owner, List<String> problems) {
        if (!problems.equals(lastCertificates.put(owner, problems)) && !problems.isEmpty()) {
            events.warning(ingress, "CertificateRefused", String.join("; ", problems));
        }
    }

    void forget(Owner owner) {
        lastEvent.remove(owner);
        lastCertificates.remove(owner);
    }

    /** The cache lags behind what was just written: the same transition is told once. */
    private void event(Ingress ingress, Owner owner, Optional<String> annotation, IngressReport.Event event) {
        if (annotation.orElse("").equals(lastEvent.put(owner, annotation.orElse("")))) {
            return;
        }
        if (event.warning()) {
            events.warning(ingress, event.reason(), event.message());
        } else {
            events.normal(ingress, event.reason(), event.message());
        }
    }

    private void annotate(Ingress ingress, Optional<String> value) {
        var meta = ingress.getMetadata();
        kubernetes
                .resource(new IngressBuilder()
                        .withNewMetadata()
                        .withNamespace(meta.getNamespace())
                        .withName(meta.getName())
                        // An Ingress that was made anew under this name meanwhile is another one.
                        .withUid(meta.getUid())
                        .withAnnotations(value.map(text -> Map.of(IngressHosts.DNS, text))
                                .orElse(Map.of()))
                        .endMetadata()
                        .build())
                .patch(APPLY);
    }
}
