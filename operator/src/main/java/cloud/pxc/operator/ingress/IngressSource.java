package cloud.pxc.operator.ingress;

import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.LeadershipStarted;
import cloud.pxc.operator.claim.FreedNames;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Watches Ingresses and makes each one's names true; one that is wrong or refused never holds up another. */
@ApplicationScoped
class IngressSource {

    static final String KIND = "Ingress";
    private static final Logger LOG = Logger.getLogger(IngressSource.class);

    private final KubernetesClient kubernetes;
    private final ZoneCatalog catalog;
    private final Names names;
    private final FreedNames freed;
    private final IngressNames ingressNames;
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();
    private final KeyedQueue<String> queue = new KeyedQueue<>("ingress", this::look);
    private SharedIndexInformer<Ingress> informer;

    IngressSource(
            KubernetesClient kubernetes,
            ZoneCatalog catalog,
            Names names,
            FreedNames freed,
            IngressNames ingressNames) {
        this.kubernetes = kubernetes;
        this.catalog = catalog;
        this.names = names;
        this.freed = freed;
        this.ingressNames = ingressNames;
    }

    void start(@Observes LeadershipStarted started) {
        names.listen(KIND, owner -> queue.add(key(owner)));
        freed.listen(KIND, owner -> queue.add(key(owner)));
        catalog.listen(() -> owners.keySet().forEach(queue::add));
        informer = kubernetes.network().v1().ingresses().inAnyNamespace().runnableInformer(0);
        informer.addEventHandler(new Changes());
        informer.run();
    }

    @PreDestroy
    void stop() {
        if (informer != null) {
            informer.stop();
        }
        queue.close();
    }

    private KeyedQueue.Outcome look(String key) {
        var ingress = informer.getStore().getByKey(key);
        try {
            var before = owners.get(key);
            var gone = ingress == null || ingress.getMetadata().getDeletionTimestamp() != null;
            if (before != null
                    && (gone || !before.uid().equals(ingress.getMetadata().getUid()))) {
                ingressNames.letGo(before);
                owners.remove(key);
            }
            if (!gone) {
                var owner = owner(ingress);
                owners.put(key, owner);
                ingressNames.publish(ingress, owner);
            }
            return KeyedQueue.Outcome.DONE;
        } catch (LedgerUnavailable | KubernetesClientException e) {
            LOG.warnf("ingress=%s done=false cause=%s", key, e.getMessage());
            return KeyedQueue.Outcome.TRY_AGAIN;
        }
    }

    private static String key(Owner owner) {
        return owner.namespace() + "/" + owner.name();
    }

    private static Owner owner(Ingress ingress) {
        var meta = ingress.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), KIND, meta.getName(), meta.getUid());
    }

    private final class Changes implements ResourceEventHandler<Ingress> {

        @Override
        public void onAdd(Ingress added) {
            queue.add(key(added));
        }

        @Override
        public void onUpdate(Ingress before, Ingress after) {
            queue.add(key(after));
        }

        @Override
        public void onDelete(Ingress deleted, boolean unknown) {
            queue.add(key(deleted));
        }

        private String key(Ingress ingress) {
            return ingress.getMetadata().getNamespace() + "/"
                    + ingress.getMetadata().getName();
        }
    }
}
