package cloud.pxc.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** Annotations by which a person steers what the operator does with an object. */
public final class Steering {

    /** {@code "true"}: hands off. */
    public static final String PAUSED = "pxc.cloud/paused";

    /** {@code "true"}: an object that is being deleted is let go also when what it stands for can't be reached. */
    public static final String FORCE_DELETE = "pxc.cloud/force-delete";

    /** Each new value restarts a Machine once, or all machines of a Stack, a few at a time. */
    public static final String RESTART = "pxc.cloud/restart";

    private Steering() {}

    public static boolean isPaused(HasMetadata object) {
        return isSet(object, PAUSED);
    }

    public static boolean isForced(HasMetadata object) {
        return isSet(object, FORCE_DELETE);
    }

    /** Whether what a person says to an object has changed: its spec, its deletion, its annotations. */
    static boolean differs(HasMetadata before, HasMetadata after) {
        var old = before.getMetadata();
        var now = after.getMetadata();
        return !Objects.equals(old.getGeneration(), now.getGeneration())
                || !Objects.equals(old.getDeletionTimestamp(), now.getDeletionTimestamp())
                || !Objects.equals(old.getFinalizers(), now.getFinalizers())
                || !annotations(before).equals(annotations(after));
    }

    private static boolean isSet(HasMetadata object, String annotation) {
        return "true".equals(annotations(object).get(annotation));
    }

    private static Map<String, String> annotations(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
