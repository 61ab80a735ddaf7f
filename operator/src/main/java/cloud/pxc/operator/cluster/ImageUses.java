package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who needs an image's file although its cluster does not declare it any more. */
@ApplicationScoped
public class ImageUses {

    private volatile Function<String, Collection<Machine>> machines = cluster -> List.of();
    private volatile Supplier<Collection<ProxmoxCluster>> clusters = List::of;

    /** @param byCluster the machines of a cluster that exist */
    public void know(Function<String, Collection<Machine>> byCluster) {
        machines = byCluster;
    }

    void know(Supplier<Collection<ProxmoxCluster>> existing) {
        clusters = existing;
    }

    /** Whether a machine is being made from it, or another ProxmoxCluster of the same Proxmox has put it there too. */
    boolean needed(String cluster, ProxmoxClusterSpec spec, ImageStatus image) {
        return machines.apply(cluster).stream().anyMatch(machine -> isMadeFrom(machine, image))
                || clusters.get().stream()
                        .filter(other -> !other.getMetadata().getName().equals(cluster))
                        .filter(other -> !Collections.disjoint(other.getSpec().endpoints(), spec.endpoints()))
                        .anyMatch(other -> fetched(other, image));
    }

    /** A machine that is made has copied it. */
    private static boolean isMadeFrom(Machine machine, ImageStatus image) {
        var status = machine.getStatus();
        return status != null
                && image.volume().equals(status.image())
                && !Boolean.TRUE.equals(status.created())
                && status.task() != null;
    }

    private static boolean fetched(ProxmoxCluster other, ImageStatus image) {
        return other.getStatus() != null
                && other.getStatus().images().stream()
                        // What another is rid of itself needs nobody's patience.
                        .filter(theirs -> !theirs.nodes().isEmpty())
                        .filter(theirs -> image.volume().equals(theirs.volume()))
                        .anyMatch(theirs -> !Collections.disjoint(theirs.fetched(), image.fetched()));
    }
}
