package cloud.pxc.operator.stack;

import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.Steering;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Annotations by which a Stack and its Machines speak to each other, and to the API server. */
final class Marks {

    /** {@code "true"} on a Machine: fewer replicas take it first. Set by a person. */
    static final String REMOVE_FIRST = "pxc.cloud/remove-first";

    /** {@code "true"} on a Machine: the chart's admission policy refuses its deletion. */
    static final String PROTECTED = "pxc.cloud/protected";

    /** On a Machine: which {@link Steering#RESTART} of its Stack it has had, or was made after. */
    static final String STACK_RESTART = "pxc.cloud/stack-restart";

    private Marks() {}

    static boolean isSet(HasMetadata object, String annotation) {
        return Steering.value(object, annotation).filter("true"::equals).isPresent();
    }

    static boolean isProtected(Stack stack) {
        return Boolean.TRUE.equals(stack.getSpec().deletionProtection());
    }
}
