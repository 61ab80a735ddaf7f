package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.Stack;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Map;
import org.jboss.logging.Logger;

/** Makes, changes and deletes Machine objects. */
@ApplicationScoped
class StackMachines {

    private static final Logger LOG = Logger.getLogger(StackMachines.class);
    static final String STACK_LABEL = "pxc.cloud/stack";
    static final String SET_LABEL = "pxc.cloud/set";

    private final KubernetesClient kubernetes;

    StackMachines(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    void carryOut(Stack stack, StackPlan plan) {
        var namespace = stack.getMetadata().getNamespace();
        plan.create().forEach((name, spec) -> create(stack, name, spec));
        plan.change().forEach((name, spec) -> {
            LOG.infof(
                    "stack=%s/%s machine=%s changed=true",
                    namespace, stack.getMetadata().getName(), name);
            kubernetes
                    .resources(Machine.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .edit(machine -> {
                        machine.setSpec(spec);
                        return machine;
                    });
        });
        plan.remove().forEach(name -> {
            LOG.infof(
                    "stack=%s/%s machine=%s removed=true",
                    namespace, stack.getMetadata().getName(), name);
            kubernetes
                    .resources(Machine.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .delete();
        });
    }

    void removeAll(Collection<Machine> machines) {
        machines.stream()
                .filter(machine -> machine.getMetadata().getDeletionTimestamp() == null)
                .forEach(machine -> kubernetes.resource(machine).delete());
    }

    /** One that is there already has been made by the pass before, and is seen by the next. */
    private void create(Stack stack, String name, MachineSpec spec) {
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder()
                .withNamespace(stack.getMetadata().getNamespace())
                .withName(name)
                .withLabels(Map.of(STACK_LABEL, stack.getMetadata().getName(), SET_LABEL, spec.set()))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(stack.getApiVersion())
                        .withKind(stack.getKind())
                        .withName(stack.getMetadata().getName())
                        .withUid(stack.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build())
                .build());
        machine.setSpec(spec);
        try {
            kubernetes.resource(machine).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }
}
