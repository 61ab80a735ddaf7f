package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the user-data that a machine names: of a Secret, or else of a ConfigMap, in its own namespace. */
@ApplicationScoped
class UserData {

    private final KubernetesClient kubernetes;

    UserData(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** @throws IllegalArgumentException with a sentence, if it is not there */
    Optional<String> of(Machine machine) {
        var cloudInit = machine.getSpec().cloudInit();
        if (cloudInit == null || cloudInit.userDataRef() == null) {
            return Optional.empty();
        }
        var ref = cloudInit.userDataRef();
        var namespace = machine.getMetadata().getNamespace();
        var secret =
                kubernetes.secrets().inNamespace(namespace).withName(ref.name()).get();
        if (secret != null && secret.getData() != null && secret.getData().containsKey(ref.key())) {
            return Optional.of(
                    new String(Base64.getDecoder().decode(secret.getData().get(ref.key())), StandardCharsets.UTF_8));
        }
        var map = kubernetes
                .configMaps()
                .inNamespace(namespace)
                .withName(ref.name())
                .get();
        if (map != null && map.getData() != null && map.getData().containsKey(ref.key())) {
            return Optional.of(map.getData().get(ref.key()));
        }
        throw new IllegalArgumentException("cloudInit.userDataRef names key " + ref.key() + " of " + ref.name()
                + ", and neither a Secret nor a ConfigMap of that name in namespace " + namespace
                + " has it; create it");
    }
}
