package cloud.pxc.admission;

import cloud.pxc.crds.ingress.IngressHosts;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.ledger.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from a review what its object asks for. Pure. */
final class ReviewReader {

    private record Asked(Set<String> names, List<String> problems) {

        static final Asked NOTHING = new Asked(Set.of(), List.of());
    }

    private ReviewReader() {}

    /** Empty where there is nothing to judge: deletions, objects that are being deleted, other kinds, parts such as status. */
    static Optional<NameRequest> read(AdmissionRequest request) {
        var judged = "CREATE".equals(request.getOperation()) || "UPDATE".equals(request.getOperation());
        var part = request.getSubResource() != null && !request.getSubResource().isEmpty();
        if (!judged || part || !(request.getObject() instanceof HasMetadata object) || isLeaving(object)) {
            return Optional.empty();
        }
        var before = asked(request.getOldObject());
        var after = asked(object);
        var names = new HashSet<>(after.names());
        names.removeAll(before.names());
        var problems = new ArrayList<>(after.problems());
        problems.removeAll(before.problems());
        return Optional.of(
                new NameRequest(owner(request, object), names, problems, Boolean.TRUE.equals(request.getDryRun())));
    }

    /** Its finalizers are being taken off: that is never held up. */
    private static boolean isLeaving(HasMetadata object) {
        return object.getMetadata() != null && object.getMetadata().getDeletionTimestamp() != null;
    }

    private static Asked asked(Object object) {
        return switch (object) {
            case Ingress ingress -> {
                var hosts = IngressHosts.of(ingress);
                yield new Asked(hosts.names(), hosts.problems());
            }
            case DnsRecord record ->
                record.getSpec() == null || record.getSpec().fqdn() == null
                        ? Asked.NOTHING
                        : new Asked(Set.of(record.getSpec().fqdn()), List.of());
            case null, default -> Asked.NOTHING;
        };
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
