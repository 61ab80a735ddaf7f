package cloud.pxc.operator.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is told of nodes that are cordoned or drained. Pure. */
final class DrainPlan {

    /** As many as a message has room for. */
    private static final int NAMED = 10;

    private DrainPlan() {}

    /**
     * A node that is drained.
     *
     * @param before how many machines were there when that began
     * @param left how many still are
     * @param staying why which of them can't leave
     * @param others VMIDs of guests there that are none of the cloud's
     */
    record Node(String name, int before, int left, Map<String, String> staying, Collection<Integer> others) {}

    /** As a condition has it. */
    record Told(boolean status, ClusterReason reason, String message) {}

    /** @param known names of the nodes there are */
    static Optional<Told> cordon(Maintenance maintenance, Set<String> known) {
        if (maintenance.cordoned().isEmpty()) {
            return Optional.empty();
        }
        var unknown = unknown(maintenance.cordoned(), known);
        var there = new TreeSet<>(maintenance.cordoned());
        there.retainAll(known);
        var message = new ArrayList<String>();
        if (!there.isEmpty()) {
            message.add("Nothing new is placed on " + String.join(", ", there));
        }
        unknown.ifPresent(message::add);
        return Optional.of(new Told(
                unknown.isEmpty(),
                unknown.isEmpty() ? ClusterReason.Cordoned : ClusterReason.UnknownNode,
                String.join("; ", message)));
    }

    /** @param nodes those that are drained and there */
    static Optional<Told> drain(Maintenance maintenance, Set<String> known, List<Node> nodes) {
        if (maintenance.drained().isEmpty()) {
            return Optional.empty();
        }
        var unknown = unknown(maintenance.drained(), known);
        var message = new ArrayList<String>();
        nodes.stream().map(DrainPlan::progress).forEach(message::add);
        unknown.ifPresent(message::add);
        var done = unknown.isEmpty() && nodes.stream().allMatch(node -> node.left() == 0);
        return Optional.of(new Told(done, reason(done, unknown.isPresent(), nodes), String.join("; ", message)));
    }

    private static ClusterReason reason(boolean done, boolean unknown, List<Node> nodes) {
        if (done) {
            return ClusterReason.Drained;
        }
        if (unknown) {
            return ClusterReason.UnknownNode;
        }
        return nodes.stream().anyMatch(node -> !node.staying().isEmpty())
                ? ClusterReason.DrainBlocked
                : ClusterReason.Draining;
    }

    private static String progress(Node node) {
        var text = new StringBuilder("Drained " + node.name() + ": " + (node.before() - node.left()) + " of "
                + node.before() + " machines moved");
        node.staying().entrySet().stream().limit(NAMED).forEach(entry -> text.append("; ")
                .append(entry.getKey())
                .append(" stays: ")
                .append(entry.getValue()));
        if (node.staying().size() > NAMED) {
            text.append("; and ").append(node.staying().size() - NAMED).append(" more stay");
        }
        if (!node.others().isEmpty()) {
            text.append("; guests there that are not the cloud's are left alone: ")
                    .append(String.join(
                            ", ",
                            node.others().stream()
                                    .sorted()
                                    .limit(NAMED)
                                    .map(String::valueOf)
                                    .toList()))
                    .append(node.others().size() > NAMED ? ", …" : "");
        }
        return text.toString();
    }

    private static Optional<String> unknown(Set<String> named, Set<String> known) {
        var unknown = new TreeSet<>(named);
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("there is no node " + String.join(", ", unknown) + " (there are: "
                        + String.join(", ", new TreeSet<>(known)) + "); correct the annotation");
    }
}
