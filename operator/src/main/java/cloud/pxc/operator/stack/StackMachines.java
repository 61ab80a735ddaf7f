package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Events;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.ReconcilerUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes, changes, marks and deletes Machine objects. */
@ApplicationScoped
class StackMachines {

    private static final Logger LOG = Logger.getLogger(StackMachines.class);
    static final String STACK_LABEL = "pxc.cloud/stack";
    static final String SET_LABEL = "pxc.cloud/set";

    private final KubernetesClient kubernetes;
    private final Events events;

    StackMachines(KubernetesClient kubernetes, Events events) {
        this.kubernetes = kubernetes;
        this.events = events;
    }

    /** @return what kept machines from being made, in words */
    List<String> carryOut(Stack stack, StackPlan plan) {
        plan.marks().forEach(this::annotate);
        var conflicts = new ArrayList<String>();
        plan.create().forEach((name, spec) -> create(stack, name, spec).ifPresent(conflicts::add));
        plan.change().forEach((name, spec) -> change(stack, name, spec));
        plan.remove().forEach(machine -> {
            if (remove(machine)) {
                log(stack, machine.getMetadata().getName(), "removed");
            }
        });
        for (var rollout : plan.rollouts()) {
            rollout.replace().forEach(standing -> replace(stack, standing));
            rollout.restart().forEach(standing -> restart(stack, standing, rollout.restartValue(standing)));
        }
        return conflicts;
    }

    void removeAll(Collection<Machine> machines) {
        machines.stream()
                .filter(machine -> !Readiness.isLeaving(machine))
                .forEach(machine -> kubernetes.resource(machine).delete());
    }

    private void change(Stack stack, String name, MachineSpec spec) {
        log(stack, name, "changed");
        kubernetes
                .resources(Machine.class)
                .inNamespace(stack.getMetadata().getNamespace())
                .withName(name)
                .edit(machine -> {
                    machine.setSpec(spec);
                    return machine;
                });
    }

    private void replace(Stack stack, Standing standing) {
        if (remove(standing.machine())) {
            log(stack, standing.name(), "replaced");
            events.normal(
                    stack,
                    StackReason.Replacing.name(),
                    "Machine " + standing.name() + " is destroyed with its disks, and made anew: "
                            + String.join(", ", standing.differences()) + " could not become true of it");
        }
    }

    private void restart(Stack stack, Standing standing, String value) {
        var annotations = new HashMap<String, String>();
        annotations.put(Steering.RESTART, value);
        standing.stackRestart().ifPresent(whole -> annotations.put(Marks.STACK_RESTART, whole));
        if (annotate(standing.machine(), annotations)) {
            log(stack, standing.name(), "restarted");
        }
    }

    /**
     * As it was seen, and no other: by the time this is read, another machine may have its name.
     *
     * @return false where it has changed meanwhile; then it is looked at again
     */
    private boolean remove(Machine machine) {
        return unlessChanged(
                () -> kubernetes.resource(machine).lockResourceVersion().delete());
    }

    /** The same. */
    private boolean annotate(Machine machine, Map<String, String> annotations) {
        var patch = JsonNodeFactory.instance.objectNode();
        var metadata = patch.putObject("metadata");
        metadata.put("resourceVersion", machine.getMetadata().getResourceVersion());
        var written = metadata.putObject("annotations");
        annotations.forEach(written::put);
        return unlessChanged(
                () -> kubernetes.resource(machine).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString()));
    }

    private static boolean unlessChanged(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * One that is there already has been made by the pass before, and is seen by the next.
     *
     * @return whose it is instead, in words
     */
    private Optional<String> create(Stack stack, String name, MachineSpec spec) {
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder()
                .withNamespace(stack.getMetadata().getNamespace())
                .withName(name)
                .withLabels(Map.of(STACK_LABEL, stack.getMetadata().getName(), SET_LABEL, spec.set()))
                .withAnnotations(marks(stack))
                // So that it needs not be added before anything is done for it.
                .withFinalizers(ReconcilerUtils.getDefaultFinalizerName(Machine.class))
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
        return madeOrOther(machine)
                .filter(other -> !isOf(stack, other))
                .map(other -> "Machine " + name + " belongs to Stack "
                        + other.getSpec().stack() + " already: call set " + spec.set() + " another name");
    }

    /** Empty where it is made now; else the one that has its name. */
    private Optional<Machine> madeOrOther(Machine machine) {
        var other = Optional.<Machine>empty();
        while (other.isEmpty()) {
            try {
                kubernetes.resource(machine).create();
                return Optional.empty();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                // Gone since, it leaves a name that nobody would tell of.
                other = Optional.ofNullable(kubernetes.resource(machine).get());
            }
        }
        return other;
    }

    private static boolean isOf(Stack stack, Machine machine) {
        return machine.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(stack.getMetadata().getUid()));
    }

    private static Map<String, String> marks(Stack stack) {
        var marks = new HashMap<String, String>();
        if (Marks.isProtected(stack)) {
            marks.put(Marks.PROTECTED, "true");
        }
        Steering.value(stack, Steering.RESTART).ifPresent(value -> marks.put(Marks.STACK_RESTART, value));
        return marks;
    }

    private static void log(Stack stack, String machine, String what) {
        var meta = stack.getMetadata();
        LOG.infof("stack=%s/%s machine=%s %s=true", meta.getNamespace(), meta.getName(), machine, what);
    }
}
