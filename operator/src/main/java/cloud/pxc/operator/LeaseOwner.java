package cloud.pxc.operator;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Gives the Lease to the ServiceAccount of the same name, which the chart has made: the garbage collector takes the one with the
 * other, so that nothing of the operator outlives an uninstallation.
 */
@ApplicationScoped
class LeaseOwner {

    private static final Logger LOG = Logger.getLogger(LeaseOwner.class);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient kubernetes;
    private final OperatorSettings settings;

    LeaseOwner(KubernetesClient kubernetes, OperatorSettings settings) {
        this.kubernetes = kubernetes;
        this.settings = settings;
    }

    void own(@Observes LeadershipStarted started) {
        var namespace = settings.namespace();
        var name = settings.leaderElection().leaseName();
        try {
            var account = kubernetes
                    .serviceAccounts()
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            if (account == null) {
                LOG.infof("lease=%s/%s owner=none cause=\"there is no ServiceAccount of that name\"", namespace, name);
                return;
            }
            var owner = new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ServiceAccount")
                    .withName(name)
                    .withUid(account.getMetadata().getUid())
                    .build();
            var owned = new LeaseBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .withOwnerReferences(owner)
                    .endMetadata()
                    .build();
            kubernetes.leases().inNamespace(namespace).withName(name).patch(MERGE, owned);
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "lease=%s/%s owner=none cause=\"%s; it stays when the chart is uninstalled\"",
                    namespace, name, e.getMessage());
        }
    }
}
