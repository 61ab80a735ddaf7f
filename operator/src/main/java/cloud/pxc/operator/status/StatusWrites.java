package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Writes a status where the framework writes none: while an object is being deleted. By server-side apply, and only when it differs. */
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
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .build());
        patch.setStatus(status);
        kubernetes.resource(patch).subresource("status").patch(APPLY);
        object.setStatus(status);
    }
}
