package cloud.pxc.operator.claim;

import cloud.pxc.crds.zone.ClaimPolicy;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.Fqdn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All zones and the labels of all namespaces, from watches: asked without a call. */
@ApplicationScoped
public class ZoneCatalog {

    private final KubernetesClient kubernetes;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private SharedIndexInformer<DnsZone> zones;
    private SharedIndexInformer<Namespace> namespaces;

    public ZoneCatalog(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    void start(@Observes @jakarta.annotation.Priority(1) StartupEvent started) {
        zones = kubernetes.resources(DnsZone.class).inform(new Listening<>());
        namespaces = kubernetes.namespaces().inform(new Listening<>());
    }

    @PreDestroy
    void stop() {
        zones.stop();
        namespaces.stop();
    }

    public Collection<DnsZone> zones() {
        return zones.getStore().list();
    }

    /** The zone a name lies in. */
    public Optional<DnsZone> zoneOf(String fqdn) {
        return ClaimPolicy.zoneOf(fqdn, zones());
    }

    /** Whether some zone is kept that answers for addresses under this name. */
    public boolean servesReverse(Fqdn reverse) {
        return zoneOf(reverse.text()).isPresent()
                || zones().stream()
                        .filter(zone -> zone.getSpec().reverse() != null)
                        .flatMap(zone -> zone.getSpec().reverse().zones().stream())
                        .anyMatch(zone -> reverse.isWithin(Fqdn.of(zone)));
    }

    public Map<String, String> labelsOf(String namespace) {
        return Optional.ofNullable(namespaces.getStore().getByKey(namespace))
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of());
    }

    /** Calls back when the spec of a zone or the labels of a namespace have changed. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private final class Listening<T extends HasMetadata> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            listeners.forEach(Runnable::run);
        }

        @Override
        public void onUpdate(T before, T after) {
            var same = after instanceof Namespace
                    ? Objects.equals(
                            before.getMetadata().getLabels(),
                            after.getMetadata().getLabels())
                    : Objects.equals(
                            before.getMetadata().getGeneration(),
                            after.getMetadata().getGeneration());
            if (!same) {
                listeners.forEach(Runnable::run);
            }
        }

        @Override
        public void onDelete(T deleted, boolean unknown) {
            listeners.forEach(Runnable::run);
        }
    }
}
