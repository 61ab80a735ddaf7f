package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.Steering;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a person has annotated of a cluster's nodes.
 *
 * @param cordoned nodes that nothing new is placed on; those that are drained among them
 * @param drained nodes that machines move away from
 */
public record Maintenance(Set<String> cordoned, Set<String> drained) {

    public static Maintenance of(ProxmoxCluster cluster) {
        var drained = names(cluster, Steering.DRAIN);
        var cordoned = new TreeSet<>(names(cluster, Steering.CORDON));
        cordoned.addAll(drained);
        return new Maintenance(cordoned, drained);
    }

    /** Why nothing is placed on a node; empty where nothing of this kind speaks against it. */
    public Optional<String> objection(String node) {
        if (drained.contains(node)) {
            return Optional.of("being drained");
        }
        return cordoned.contains(node) ? Optional.of("cordoned") : Optional.empty();
    }

    private static Set<String> names(ProxmoxCluster cluster, String annotation) {
        return Steering.value(cluster, annotation).stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
