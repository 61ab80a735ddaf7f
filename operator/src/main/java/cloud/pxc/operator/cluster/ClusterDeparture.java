package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Lets a cluster go once no stack lives on it, with the images that were fetched to it. */
@ApplicationScoped
class ClusterDeparture {

    private static final Duration SOON = Duration.ofMillis(500);

    private final ClusterSecrets secrets;
    private final ClusterConnections connections;
    private final ImageDownloads downloads;
    private final ClusterStatuses statuses;
    private final StatusWrites writes;
    private final Events events;

    ClusterDeparture(
            ClusterSecrets secrets,
            ClusterConnections connections,
            ImageDownloads downloads,
            ClusterStatuses statuses,
            StatusWrites writes,
            Events events) {
        this.secrets = secrets;
        this.connections = connections;
        this.downloads = downloads;
        this.statuses = statuses;
        this.writes = writes;
        this.events = events;
    }

    DeleteControl next(ProxmoxCluster cluster, Context<ProxmoxCluster> context) {
        var name = cluster.getMetadata().getName();
        var stacks = context.getSecondaryResources(Stack.class).stream()
                .map(stack -> stack.getMetadata().getNamespace() + "/"
                        + stack.getMetadata().getName())
                .sorted()
                .toList();
        if (!stacks.isEmpty()) {
            return waiting(
                    cluster,
                    new Verdict.Failing(
                            ClusterReason.InUse,
                            "ProxmoxCluster " + name + " is not let go while stacks live on it: "
                                    + String.join(", ", stacks) + "; delete them first"));
        }
        try {
            var left = remove(cluster);
            return left.isEmpty()
                    ? DeleteControl.defaultDelete()
                    : waiting(
                            cluster,
                            new Verdict.Progressing(ClusterReason.Deleting, "removing " + String.join(", ", left)));
        } catch (IllegalArgumentException | ProxmoxException e) {
            if (Steering.isForced(cluster)) {
                events.warning(cluster, "LeftBehind", "Images were left on the cluster: " + e.getMessage());
                return DeleteControl.defaultDelete();
            }
            return waiting(
                    cluster,
                    new Verdict.Failing(
                            ClusterReason.Deleting,
                            "images could not be removed: " + e.getMessage()
                                    + "; it is tried again by itself, or set the annotation pxc.cloud/force-delete=true to leave them"));
        }
    }

    private List<String> remove(ProxmoxCluster cluster) {
        var images = cluster.getStatus() == null
                ? List.<ImageStatus>of()
                : cluster.getStatus().images();
        if (images.stream().allMatch(image -> image.fetched().isEmpty())) {
            return List.of();
        }
        var client = connections.connect(cluster.getMetadata().getName(), secrets.connection(cluster.getSpec()));
        return downloads.remove(cluster.getSpec(), images, client);
    }

    /** The framework writes no status on the way out. */
    private DeleteControl waiting(ProxmoxCluster cluster, Verdict verdict) {
        writes.write(cluster, statuses.with(cluster, verdict), new ProxmoxCluster());
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON.toMillis());
    }
}
