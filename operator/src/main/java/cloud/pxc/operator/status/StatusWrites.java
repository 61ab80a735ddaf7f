package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads and writes statuses without the lag of a watch: what this process has written last counts before what the watch has
 * brought so far. Only the leader writes, so that nobody else knows better.
 *
 * <p>Written by server-side apply, and only when it differs.
 */
@ApplicationScoped
public class StatusWrites {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("pxc")
            .withForce(true)
            .build();

    private final KubernetesClient kubernetes;
    private final Map<String, Object> written = new ConcurrentHashMap<>();

    public StatusWrites(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** Gives the object the status that was last written for it. */
    @SuppressWarnings("unchecked") // by uid there is the status of one object alone
    public <S> void recall(CustomResource<?, S> object) {
        var last = written.get(object.getMetadata().getUid());
        if (last != null) {
            object.setStatus((S) last);
        }
    }

    /** @param patch an empty object of the kind, which is filled and sent */
    public <S, R extends CustomResource<?, S>> void write(R object, S status, R patch) {
        if (Objects.equals(object.getStatus(), status)) {
            return;
        }
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .build());
        patch.setStatus(status);
        kubernetes.resource(patch).subresource("status").patch(APPLY);
        written.put(object.getMetadata().getUid(), status);
        object.setStatus(status);
    }

    /** The object is gone. */
    public void forget(CustomResource<?, ?> object) {
        written.remove(object.getMetadata().getUid());
    }
}
