package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Writes statuses by server-side apply, and only when they differ. */
@ApplicationScoped
public class StatusWrites {

    private final NotedStatuses noted = new NotedStatuses();

    /**
     * @param patch an empty object of the kind, which is filled and sent
     * @return whether it had to be
     */
    public <S, R extends CustomResource<?, S>> boolean write(R object, S status, R patch, Context<R> pass) {
        if (Objects.equals(object.getStatus(), status)) {
            return false;
        }
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .build());
        patch.setStatus(status);
        var written = PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(object, patch, pass);
        object.setStatus(status);
        // What the same pass may write after this is based on it.
        object.getMetadata().setResourceVersion(written.getMetadata().getResourceVersion());
        return true;
    }

    /**
     * The same, and a pass that begins with {@link #catchUp} sees it, whether or not the watch has told of it by then: what is
     * noted before it is done, so that it is found again after a crash, has to be found by the next pass too.
     */
    public <S, R extends CustomResource<?, S>> void note(R object, S status, R patch, Context<R> pass) {
        if (write(object, status, patch, pass)) {
            noted.put(object);
        }
    }

    /** Gives an object the status that was noted last, should it be older. */
    public <S, R extends CustomResource<?, S>> void catchUp(R object) {
        noted.catchUp(object);
    }

    /** It is being let go: nothing will be written of it any more. */
    public void forget(HasMetadata object) {
        noted.forget(object);
    }
}
