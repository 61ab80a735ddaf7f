package cloud.pxc.operator.machine;

import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What became of the task that a status speaks of. */
public sealed interface TaskSight {

    /** The status speaks of none. */
    record None() implements TaskSight {}

    record Runs(Upid upid) implements TaskSight {}

    /** Done, or so long ago that Proxmox has forgotten it: what it did shows in the guest. */
    record Over(Upid upid) implements TaskSight {}

    record Failed(Upid upid, ProxmoxException why) implements TaskSight {}

    /** @param now the cluster as it is now, where the node of the task does not answer */
    static TaskSight of(Optional<Upid> task, ProxmoxClient client, Supplier<ClusterView> now) {
        if (task.isEmpty()) {
            return new None();
        }
        var upid = task.get();
        try {
            var state = client.tasks().state(upid);
            if (state.running()) {
                return new Runs(upid);
            }
            return state.succeeded()
                    ? new Over(upid)
                    : new Failed(upid, client.tasks().failure(upid));
        } catch (ProxmoxException.NotFound e) {
            return new Over(upid);
        } catch (ProxmoxException.Unavailable e) {
            if (now.get().isOnline(upid.node())) {
                throw e;
            }
            // It has ended with its node; what it has left shows in the guest.
            return new Over(upid);
        }
    }

    /** A running one is looked at the more seldom, the longer it takes: after a quarter of its age. */
    static Duration pause(Upid task, Instant now) {
        return Duration.ofMillis(
                Math.clamp(Duration.between(task.startedAt(), now).toMillis() / 4, 200, 5_000));
    }
}
