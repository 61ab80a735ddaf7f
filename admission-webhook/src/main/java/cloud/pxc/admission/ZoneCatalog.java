package cloud.pxc.admission;

import cloud.pxc.crds.zone.ClaimDenial;
import cloud.pxc.crds.zone.DnsZone;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.Logger;

/** The zones, and the labels of namespaces: from watches, and asked anew where somebody would be refused. */
@ApplicationScoped
class ZoneCatalog {

    private static final Logger LOG = Logger.getLogger(ZoneCatalog.class);

    private final KubernetesClient kubernetes;
    private final SharedIndexInformer<DnsZone> zones;
    private final SharedIndexInformer<Namespace> namespaces;

    ZoneCatalog(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
        zones = kubernetes.resources(DnsZone.class).runnableInformer(0);
        namespaces = kubernetes.namespaces().runnableInformer(0);
    }

    void start(@Observes StartupEvent started) {
        start(zones, "dnszones.pxc.cloud; apply the CRDs of the chart if they are not there");
        start(namespaces, "namespaces");
    }

    @PreDestroy
    void stop() {
        zones.stop();
        namespaces.stop();
    }

    boolean isSynced() {
        return zones.hasSynced() && namespaces.hasSynced();
    }

    /** What a namespace is told, as the watches know it. */
    ClaimDenial known(String namespace) {
        return new ClaimDenial(
                namespace,
                labels(namespaces.getStore().getByKey(namespace)),
                zones.getStore().list());
    }

    /** What a namespace is told, as it is now: a zone or a namespace that was made a moment ago may not have come by watch yet. */
    ClaimDenial now(String namespace) {
        return new ClaimDenial(
                namespace,
                labels(kubernetes.namespaces().withName(namespace).get()),
                kubernetes.resources(DnsZone.class).list().getItems());
    }

    private static Map<String, String> labels(Namespace namespace) {
        return namespace == null || namespace.getMetadata().getLabels() == null
                ? Map.of()
                : namespace.getMetadata().getLabels();
    }

    static void start(SharedIndexInformer<?> informer, String what) {
        informer.exceptionHandler((started, failure) -> {
            LOG.warnf("watched=false kind=%s cause=%s", what, failure.getMessage());
            return true;
        });
        informer.start();
    }
}
