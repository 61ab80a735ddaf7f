package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Writes statuses by server-side apply, and only when they differ. */
@ApplicationScoped
public class StatusWrites {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("pxc")
            .withForce(true)
            .build();

    private final KubernetesClient kubernetes;

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
    }

    private static <S, R extends CustomResource<?, S>> void fill(R patch, R object, S status) {
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .build());
        patch.setStatus(status);
    }
}
