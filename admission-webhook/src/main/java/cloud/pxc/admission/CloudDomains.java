package cloud.pxc.admission;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** The cloud domain of each ProxmoxCluster, from a watch; it never changes. */
@ApplicationScoped
class CloudDomains {

    private final KubernetesClient kubernetes;
    private final SharedIndexInformer<ProxmoxCluster> clusters;

    CloudDomains(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
        clusters = kubernetes.resources(ProxmoxCluster.class).runnableInformer(0);
    }

    void start(@Observes StartupEvent started) {
        ZoneCatalog.start(clusters, "proxmoxclusters.pxc.cloud; apply the CRDs of the chart if they are not there");
    }

    @PreDestroy
    void stop() {
        clusters.stop();
    }

    boolean isSynced() {
        return clusters.hasSynced();
    }

    /** Empty where there is no such cluster; one that was made a moment ago may not have come by watch yet. */
    Optional<String> of(String cluster) {
        return Optional.ofNullable(clusters.getStore().getByKey(cluster))
                .or(() -> Optional.ofNullable(kubernetes
                        .resources(ProxmoxCluster.class)
                        .withName(cluster)
                        .get()))
                .map(found -> found.getSpec().domain());
    }
}
