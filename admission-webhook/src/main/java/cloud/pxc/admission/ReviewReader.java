package cloud.pxc.admission;

import cloud.pxc.crds.ingress.IngressHosts;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads from a review what its object asks for. Pure.
 *
 * @param domains the cloud domain of a ProxmoxCluster, by its name; empty where there is no such cluster
 */
record ReviewReader(KubernetesSerialization json, Function<String, Optional<String>> domains) {

    /** @param zonesOnly whether names that lie in no zone are none of our business */
    private record Asked(Set<String> names, List<String> problems, boolean zonesOnly) {

        static final Asked NOTHING = new Asked(Set.of(), List.of(), false);
    }

    /** Empty where there is nothing to judge: deletions, objects that are being deleted, other kinds, parts such as status. */
    Optional<NameRequest> read(AdmissionRequest request) {
        var judged = "CREATE".equals(request.getOperation()) || "UPDATE".equals(request.getOperation());
        var part = request.getSubResource() != null && !request.getSubResource().isEmpty();
        var kind = request.getKind() == null ? "" : request.getKind().getKind();
        if (!judged || part) {
            return Optional.empty();
        }
        return switch (kind) {
            case "Ingress" -> read(request, Ingress.class, ReviewReader::asked);
            case "DnsRecord" -> read(request, DnsRecord.class, ReviewReader::asked);
            case "Stack" -> read(request, Stack.class, this::asked);
            default -> Optional.empty();
        };
    }

    private <T extends HasMetadata> Optional<NameRequest> read(
            AdmissionRequest request, Class<T> kind, Function<T, Asked> asked) {
        var object = json.convertValue(request.getObject(), kind);
        if (object == null || isLeaving(object)) {
            return Optional.empty();
        }
        var old = json.convertValue(request.getOldObject(), kind);
        var before = old == null ? Asked.NOTHING : asked.apply(old);
        var after = asked.apply(object);
        var names = new HashSet<>(after.names());
        names.removeAll(before.names());
        var problems = new ArrayList<>(after.problems());
        problems.removeAll(before.problems());
        return Optional.of(new NameRequest(
                owner(request, object), names, problems, after.zonesOnly(), Boolean.TRUE.equals(request.getDryRun())));
    }

    /** Its finalizers are being taken off: that is never held up. */
    private static boolean isLeaving(HasMetadata object) {
        return object.getMetadata() != null && object.getMetadata().getDeletionTimestamp() != null;
    }

    private static Asked asked(Ingress ingress) {
        var hosts = IngressHosts.of(ingress);
        return new Asked(hosts.names(), hosts.problems(), false);
    }

    private static Asked asked(DnsRecord record) {
        return record.getSpec() == null || record.getSpec().fqdn() == null
                ? Asked.NOTHING
                : new Asked(Set.of(record.getSpec().fqdn()), List.of(), false);
    }

    /** Its own name in the domain of its cluster. Where that is not there yet, the operator asks when it is. */
    private Asked asked(Stack stack) {
        var spec = stack.getSpec();
        var cluster = spec == null || spec.clusterRef() == null
                ? Optional.<String>empty()
                : domains.apply(spec.clusterRef().name());
        return cluster.map(domain -> stack.getMetadata().getName() + "." + domain)
                .map(fqdn -> new Asked(Set.of(fqdn), List.of(), true))
                .orElse(Asked.NOTHING);
    }

    /** The API server has given the object its name and uid by now; the review's own uid stands in where it has not. */
    private static Owner owner(AdmissionRequest request, HasMetadata object) {
        var meta = object.getMetadata() == null ? new ObjectMeta() : object.getMetadata();
        return new Owner(
                Owner.LOCAL,
                first(request.getNamespace(), meta.getNamespace()),
                object.getKind(),
                first(meta.getName(), request.getName(), meta.getGenerateName()),
                first(meta.getUid(), request.getUid()));
    }

    private static String first(String... values) {
        return Stream.of(values)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }
}
