package cloud.pxc.operator.claim;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.LeadershipStarted;
import cloud.pxc.operator.names.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Finds what was deleted while nobody looked: objects that hold names and are not there any more (Ingresses have no finalizer of
 * ours, and that of others can be taken away by hand). Once, when this process starts to lead; a list call for each kind.
 */
@ApplicationScoped
class MissedDeletions {

    private static final Logger LOG = Logger.getLogger(MissedDeletions.class);
    private static final long RETRY_SECONDS = 5;
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Ingress.class, Certificate.class, Machine.class, DnsRecord.class, DnsZone.class);

    private final KubernetesClient kubernetes;
    private final HostClaims claims;
    private final Names names;
    private final FreedNames freedNames;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("missed-deletions").daemon().factory());

    MissedDeletions(KubernetesClient kubernetes, HostClaims claims, Names names, FreedNames freedNames) {
        this.kubernetes = kubernetes;
        this.claims = claims;
        this.names = names;
        this.freedNames = freedNames;
    }

    void start(@Observes LeadershipStarted started) {
        timer.execute(this::sweep);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    void sweep() {
        try {
            var all = new HashSet<String>();
            var freed = new TreeSet<String>();
            for (var kind : KINDS) {
                // Held first, listed second: what is made in between is there and so not missed.
                var dead = new HashSet<>(claims.uidsOf(Owner.LOCAL, HasMetadata.getKind(kind)));
                var living = uids(kind);
                dead.removeAll(living);
                dead.forEach(uid -> freed.addAll(
                        claims.releaseAll(new Owner(Owner.LOCAL, "", HasMetadata.getKind(kind), "", uid))));
                all.addAll(living);
            }
            names.sweep(all);
            freedNames.freed(freed);
            if (!freed.isEmpty()) {
                LOG.infof("missed-deletions=%d names=%s", freed.size(), freed);
            }
        } catch (KubernetesClientException | LedgerUnavailable e) {
            LOG.warnf("missed-deletions=unknown cause=%s", e.getMessage());
            timer.schedule(this::sweep, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private <T extends HasMetadata> Set<String> uids(Class<T> kind) {
        var uids = new HashSet<String>();
        kubernetes
                .resources(kind)
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(object -> uids.add(object.getMetadata().getUid()));
        return uids;
    }
}
