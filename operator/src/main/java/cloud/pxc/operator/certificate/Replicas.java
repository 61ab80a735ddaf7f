package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Copies of a Certificate's Secret in other namespaces. A Secret that is not a copy is never touched. */
@ApplicationScoped
class Replicas {

    /** Label: uid of the Certificate that a Secret is a copy for. */
    static final String SOURCE_UID = "pxc.cloud/source-uid";

    /** Annotation: namespace and name of that Certificate. */
    static final String SOURCE = "pxc.cloud/source";

    private final KubernetesClient kubernetes;

    Replicas(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /**
     * What became of it.
     *
     * @param namespaces that hold a copy, sorted
     * @param problems a sentence each
     */
    record Result(List<String> namespaces, List<String> problems) {

        static final Result NONE = new Result(List.of(), List.of());
    }

    /** Brings the copies up to date with the Secret. */
    Result sync(Certificate certificate) {
        if (!concerns(certificate)) {
            return Result.NONE;
        }
        var source = kubernetes
                .secrets()
                .inNamespace(certificate.getMetadata().getNamespace())
                .withName(certificate.getSpec().secretName())
                .get();
        if (source == null) {
            return new Result(
                    certificate.getStatus() == null
                            ? List.of()
                            : certificate.getStatus().replicatedTo(),
                    List.of());
        }
        return apply(certificate, source, wanted(certificate));
    }

    /** Takes all copies away. */
    void removeAll(Certificate certificate) {
        copies(certificate).forEach(copy -> kubernetes.resource(copy).delete());
    }

    private static boolean concerns(Certificate certificate) {
        var status = certificate.getStatus();
        return certificate.getSpec().replicateTo() != null
                || (status != null && !status.replicatedTo().isEmpty());
    }

    private Result apply(Certificate certificate, Secret source, Set<String> wanted) {
        var present = new TreeMap<String, Boolean>();
        copies(certificate)
                .forEach(copy -> present.put(
                        copy.getMetadata().getNamespace(), source.getData().equals(copy.getData())));
        var problems = new ArrayList<String>();
        for (var step : ReplicaStep.plan(wanted, present)) {
            switch (step) {
                case ReplicaStep.Create(String namespace) -> {
                    if (create(copy(certificate, source, namespace))) {
                        present.put(namespace, true);
                    } else {
                        problems.add(
                                "Secret " + namespace + "/"
                                        + source.getMetadata().getName()
                                        + " is there and is not a copy; delete it, or take the namespace out of spec.replicateTo");
                    }
                }
                case ReplicaStep.Update(String namespace) ->
                    kubernetes.resource(copy(certificate, source, namespace)).patch(CertificateSecrets.apply());
                case ReplicaStep.Remove(String namespace) -> {
                    present.remove(namespace);
                    kubernetes.resource(copy(certificate, source, namespace)).delete();
                }
            }
        }
        return new Result(List.copyOf(present.keySet()), problems);
    }

    private Set<String> wanted(Certificate certificate) {
        var replication = certificate.getSpec().replicateTo();
        var wanted = new TreeSet<String>();
        if (replication != null) {
            kubernetes.namespaces().withLabelSelector(replication.namespaceSelector()).list().getItems().stream()
                    .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                    .forEach(namespace -> wanted.add(namespace.getMetadata().getName()));
            wanted.remove(certificate.getMetadata().getNamespace());
        }
        return wanted;
    }

    private List<Secret> copies(Certificate certificate) {
        return kubernetes
                .secrets()
                .inAnyNamespace()
                .withLabel(SOURCE_UID, certificate.getMetadata().getUid())
                .list()
                .getItems();
    }

    private boolean create(Secret copy) {
        try {
            kubernetes.resource(copy).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    private static Secret copy(Certificate certificate, Secret source, String namespace) {
        var meta = certificate.getMetadata();
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(source.getMetadata().getName())
                .withLabels(Map.of(CertificateSecrets.MANAGED_BY, CertificateSecrets.PXC, SOURCE_UID, meta.getUid()))
                .withAnnotations(Map.of(SOURCE, meta.getNamespace() + "/" + meta.getName()))
                .endMetadata()
                .withType(source.getType())
                .withData(source.getData())
                .build();
    }
}
