package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Writes statuses by server-side apply, and only when they differ. */
@ApplicationScoped
public class StatusWrites {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("pxc")
            .withForce(true)
            .build();

    private final KubernetesClient kubernetes;
    /** By uid, what the watch has not told of yet. */
    private final Map<String, Written> ahead = new ConcurrentHashMap<>();

    private record Written(long version, Object status) {}

    public StatusWrites(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** @param patch an empty object of the kind, which is filled and sent */
    public <S, R extends CustomResource<?, S>> void write(R object, S status, R patch) {
        if (Objects.equals(object.getStatus(), status)) {
            return;
        }
        fill(patch, object, status);
        kubernetes.resource(patch).subresource("status").patch(APPLY);
        object.setStatus(status);
    }

    /**
     * The same, and the next pass sees it whether or not the watch has told of it by then: what is noted before it is done, so
     * that it is found again after a crash, has to be found by the next pass too.
     */
    public <S, R extends CustomResource<?, S>> void write(R object, S status, R patch, Context<R> pass) {
        if (Objects.equals(object.getStatus(), status)) {
            return;
        }
        fill(patch, object, status);
        var written = PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(object, patch, pass);
        object.setStatus(status);
        // What the same pass may write after this is based on it.
        object.getMetadata().setResourceVersion(written.getMetadata().getResourceVersion());
        ahead.put(object.getMetadata().getUid(), new Written(version(written), status));
    }

    /**
     * Gives an object the status that was written last, should it be older: where several are written in a row, the watch that
     * tells of an earlier one makes the framework forget the later.
     */
    @SuppressWarnings("unchecked") // it was written for this very object
    public <S, R extends CustomResource<?, S>> void catchUp(R object) {
        var last = ahead.get(object.getMetadata().getUid());
        if (last == null) {
            return;
        }
        if (version(object) >= last.version()) {
            ahead.remove(object.getMetadata().getUid(), last);
        } else {
            object.setStatus((S) last.status());
            object.getMetadata().setResourceVersion(Long.toString(last.version()));
        }
    }

    /** It is being let go: nothing will be written of it any more. */
    public void forget(HasMetadata object) {
        ahead.remove(object.getMetadata().getUid());
    }

    /** Of one kind they grow with each write. */
    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private static <S, R extends CustomResource<?, S>> void fill(R patch, R object, S status) {
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .build());
        patch.setStatus(status);
    }
}
