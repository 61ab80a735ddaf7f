package cloud.pxc.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Annotations by which a person steers what the operator does with an object. */
public final class Steering {

    /** {@code "true"}: hands off. */
    public static final String PAUSED = "pxc.cloud/paused";

    /** {@code "true"}: an object that is being deleted is let go also when what it stands for can't be reached. */
    public static final String FORCE_DELETE = "pxc.cloud/force-delete";

    /** Each new value restarts a Machine once, or all machines of a Stack, a few at a time. */
    public static final String RESTART = "pxc.cloud/restart";

    /** Name of a node: the machine moves there, once. */
    public static final String MIGRATE = "pxc.cloud/migrate";

    /** Nodes of a ProxmoxCluster, separated by commas, that nothing new is placed on. */
    public static final String CORDON = "pxc.cloud/cordon";

    /** Nodes, likewise, that machines move away from too. */
    public static final String DRAIN = "pxc.cloud/drain";

    private Steering() {}

    /** The command by which a person has a machine restarted. */
    public static String restarting(HasMetadata machine) {
        return "kubectl annotate --overwrite machine -n "
                + machine.getMetadata().getNamespace() + " "
                + machine.getMetadata().getName() + " " + RESTART + "=$(date +%s)";
    }

    public static boolean isPaused(HasMetadata object) {
        return isSet(object, PAUSED);
    }

    public static boolean isForced(HasMetadata object) {
        return isSet(object, FORCE_DELETE);
    }

    /** What an annotation says; empty where it is not set, or to nothing. */
    public static Optional<String> value(HasMetadata object, String annotation) {
        return Optional.ofNullable(annotations(object).get(annotation))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
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
