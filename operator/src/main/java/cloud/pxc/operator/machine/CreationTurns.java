package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.cluster.ClusterSettings;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets so many machines at a time be made on each node, from the upload of their cloud-init data until their guest is there;
 * further ones wait in the order in which they came. A node that is to fill dozens of disks at once fills none of them in time:
 * the locks of its storages run out.
 */
@ApplicationScoped
class CreationTurns {

    private final int each;
    private final Map<String, Line> lines = new HashMap<>();
    private Function<String, Collection<Machine>> existing = cluster -> List.of();
    private Consumer<ResourceID> wake = machine -> {};

    @Inject
    CreationTurns(ClusterSettings settings) {
        this(settings.creationsPerNode());
    }

    CreationTurns(int each) {
        this.each = each;
    }

    /** Machines of a cluster that exist, for the first turn after a start, and what lets one be looked at again. */
    synchronized void know(Function<String, Collection<Machine>> machines, Consumer<ResourceID> again) {
        existing = machines;
        wake = again;
    }

    int each() {
        return each;
    }

    /** Whether there is a turn for it on any of the nodes; if not it waits for one. */
    synchronized boolean isOn(Machine machine, List<String> nodes) {
        var line = line(machine);
        line.nodes = nodes;
        if (line.held.containsKey(uid(machine)) || nodes.stream().anyMatch(line::hasRoom)) {
            return true;
        }
        line.await(machine, Optional.empty());
        return false;
    }

    /** Takes a turn on that node; if there is none it waits for one. */
    synchronized boolean take(Machine machine, String node) {
        var line = line(machine);
        if (node.equals(line.held.get(uid(machine))) || line.hasRoom(node)) {
            line.hold(machine, node);
            return true;
        }
        line.held.remove(uid(machine));
        line.await(machine, Optional.of(node));
        // Another one may be able to use what this one was woken for.
        line.next().ifPresent(wake);
        return false;
    }

    /** It is its turn already: Proxmox works on it. */
    synchronized void keep(Machine machine, String node) {
        line(machine).hold(machine, node);
    }

    /** It is not being made any more. */
    synchronized void leave(Machine machine) {
        var line = line(machine);
        line.waiting.remove(uid(machine));
        if (line.held.remove(uid(machine)) != null) {
            line.next().ifPresent(wake);
        }
    }

    private Line line(Machine machine) {
        return lines.computeIfAbsent(machine.getSpec().clusterRef().name(), cluster -> {
            var line = new Line();
            existing.apply(cluster).stream()
                    .filter(CreationTurns::isBeingMade)
                    .forEach(each -> line.hold(each, each.getStatus().node()));
            return line;
        });
    }

    private static boolean isBeingMade(Machine machine) {
        var progress = Progress.of(machine);
        return machine.getMetadata().getDeletionTimestamp() == null
                && progress.task().isPresent()
                && progress.node().isPresent()
                && !progress.created();
    }

    private static String uid(Machine machine) {
        return machine.getMetadata().getUid();
    }

    /**
     * @param node that it is to be made on; empty where any will do
     * @param woken whether it has been told since it began to wait
     */
    private record Waiting(ResourceID machine, Optional<String> node, boolean woken) {}

    private final class Line {
        /** Nodes by machine. */
        private final Map<String, String> held = new HashMap<>();

        private final Map<String, Waiting> waiting = new LinkedHashMap<>();
        private List<String> nodes = List.of();

        private boolean hasRoom(String node) {
            return held.values().stream().filter(node::equals).count() < each;
        }

        private void hold(Machine machine, String node) {
            waiting.remove(uid(machine));
            held.put(uid(machine), node);
        }

        private void await(Machine machine, Optional<String> node) {
            waiting.put(uid(machine), new Waiting(ResourceID.fromResource(machine), node, false));
        }

        /** The first for whom there may be a turn now. It keeps its place until it takes it. */
        private Optional<ResourceID> next() {
            var first = waiting.entrySet().stream()
                    .filter(entry -> !entry.getValue().woken() && hasRoom(entry.getValue()))
                    .findFirst();
            first.ifPresent(entry -> entry.setValue(
                    new Waiting(entry.getValue().machine(), entry.getValue().node(), true)));
            return first.map(entry -> entry.getValue().machine());
        }

        private boolean hasRoom(Waiting one) {
            return one.node().map(this::hasRoom).orElseGet(() -> nodes.stream().anyMatch(this::hasRoom));
        }
    }
}
