package cloud.pxc.operator.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to be done to the copies of a Secret. */
sealed interface ReplicaStep {

    String namespace();

    /** There is no copy yet. */
    record Create(String namespace) implements ReplicaStep {}

    /** The copy is out of date. */
    record Update(String namespace) implements ReplicaStep {}

    /** The namespace is not to have a copy any more. */
    record Remove(String namespace) implements ReplicaStep {}

    /**
     * Pure.
     *
     * @param wanted namespaces that are to have a copy
     * @param copies namespaces that have one of ours → whether it is the same as the source
     */
    static List<ReplicaStep> plan(Set<String> wanted, Map<String, Boolean> copies) {
        var steps = new ArrayList<ReplicaStep>();
        for (var namespace : wanted) {
            if (!copies.containsKey(namespace)) {
                steps.add(new Create(namespace));
            } else if (!copies.get(namespace)) {
                steps.add(new Update(namespace));
            }
        }
        copies.keySet().stream()
                .filter(namespace -> !wanted.contains(namespace))
                .forEach(namespace -> steps.add(new Remove(namespace)));
        return steps;
    }
}
