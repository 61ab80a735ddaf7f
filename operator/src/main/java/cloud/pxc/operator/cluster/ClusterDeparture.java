package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets a cluster go once no stack lives on it, with the images that were fetched to it. */
@ApplicationScoped
class ClusterDeparture {

    private static final Duration SOON = Duration.ofMillis(500);

    private final ClusterSecrets secrets;
    private final ClusterConnections connections;
    private final Events events;
    private final Retries retries;

    ClusterDeparture(ClusterSecrets secrets, ClusterConnections connections, Events events, Retries retries) {
        this.secrets = secrets;
        this.connections = connections;
        this.events = events;
        this.retries = retries;
    }

    /**
     * What keeps it.
     *
     * @param again when to look again; empty: when something is heard of it
     */
    record Waits(Verdict verdict, Optional<Duration> again) {}

    /**
     * Empty once it may go.
     *
     * @param stacks that live on it, as {@code namespace/name}
     */
    Optional<Waits> next(ProxmoxCluster cluster, List<String> stacks) {
        if (Steering.isPaused(cluster)) {
            return Optional.of(new Waits(ClusterVerdicts.paused(), Optional.empty()));
        }
        if (!stacks.isEmpty()) {
            var inUse = new Verdict.Failing(
                    ClusterReason.InUse,
                    "ProxmoxCluster " + cluster.getMetadata().getName() + " is not let go while stacks live on it: "
                            + String.join(", ", stacks) + "; delete them first");
            return Optional.of(new Waits(inUse, Optional.empty()));
        }
        try {
            var left = remove(cluster);
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Waits(
                            new Verdict.Progressing(ClusterReason.Deleting, "removing " + String.join(", ", left)),
                            Optional.of(SOON)));
        } catch (SecretInvalid | IllegalArgumentException | ProxmoxException e) {
            return blocked(cluster, e.getMessage());
        }
    }

    private Optional<Waits> blocked(ProxmoxCluster cluster, String cause) {
        if (Steering.isForced(cluster)) {
            events.warning(cluster, "LeftBehind", "Images were left on the cluster: " + cause);
            return Optional.empty();
        }
        return Optional.of(new Waits(
                new Verdict.Failing(
                        ClusterReason.Deleting,
                        "images could not be removed: " + cause
                                + "; it is tried again by itself, or set the annotation " + Steering.FORCE_DELETE
                                + "=true to leave them"),
                Optional.of(retries.failed(cluster.getMetadata().getUid()))));
    }

    private List<String> remove(ProxmoxCluster cluster) {
        var images = cluster.getStatus() == null
                ? List.<ImageStatus>of()
                : cluster.getStatus().images();
        if (images.stream().allMatch(image -> image.fetched().isEmpty())) {
            return List.of();
        }
        var client = connections.connect(cluster.getMetadata().getName(), secrets.connection(cluster.getSpec()));
        return new ImageRemoval(client).advance(images);
    }
}
