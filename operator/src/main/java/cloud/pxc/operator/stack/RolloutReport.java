package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.UpdateType;
import cloud.pxc.operator.Steering;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of the machines of a set that are out of date. */
final class RolloutReport {

    private static final int MOST_NAMED = 3;

    private RolloutReport() {}

    /**
     * How far machines are with being replaced or restarted, while they are or are to be.
     *
     * @param leaving machines of the set that are being deleted
     */
    static Optional<String> progress(Rollout rollout, List<Machine> leaving) {
        if (!rollout.goesOn()) {
            return hindered(rollout).or(() -> restarting(rollout));
        }
        var verb = replaces(rollout) ? "replacing " : "restarting ";
        var done = " (" + current(rollout) + " of " + rollout.set().replicas() + " up to date)";
        var now = Stream.concat(rollout.replace().stream(), rollout.restart().stream())
                .map(Standing::name)
                .toList();
        if (!now.isEmpty()) {
            return Optional.of(verb + names(now) + done);
        }
        var away = Stream.concat(
                        leaving.stream(),
                        rollout.standings().stream()
                                .filter(standing -> !standing.isAvailable())
                                .map(Standing::machine))
                .toList();
        return Optional.of(
                away.isEmpty()
                        ? verb + "set " + rollout.set().name() + done
                        : verb + names(away.stream().map(RolloutReport::name).toList()) + done + ": "
                                + said(away.getFirst()));
    }

    /** Those that have been told to, whatever they still say, and whoever told them. */
    private static Optional<String> restarting(Rollout rollout) {
        return named(rollout, Standing::isRestarting).map(names -> "restarting " + names);
    }

    /** Which machines stay out of date until a person does something, and what; empty where none does. */
    static Optional<String> advice(Rollout rollout) {
        var told = new ArrayList<String>();
        stale(rollout).ifPresent(told::add);
        hindered(rollout).ifPresent(told::add);
        pending(rollout).ifPresent(told::add);
        named(rollout, Standing::isRestartedInVain)
                .map(names -> "waiting for a start although restarted: " + names + "; see there")
                .ifPresent(told::add);
        named(rollout, Standing::isMadeInVain)
                .map(names -> "not as declared, and another guest would not be either: " + names + "; see there")
                .ifPresent(told::add);
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
    }

    private static Optional<String> stale(Rollout rollout) {
        if (rollout.type() == UpdateType.Recreate && !rollout.isProtected()) {
            return Optional.empty();
        }
        return named(rollout, standing -> !standing.differences().isEmpty())
                .map(names -> "out of date: " + names + " (" + differences(rollout) + "); "
                        + (rollout.type() == UpdateType.Recreate
                                ? "not replaced while deletionProtection is true"
                                : "updateStrategy.type Recreate replaces them one by one, with empty disks"));
    }

    private static Optional<String> hindered(Rollout rollout) {
        if (rollout.type() != UpdateType.Recreate || rollout.isProtected()) {
            return Optional.empty();
        }
        Predicate<Standing> hindered = standing ->
                !standing.differences().isEmpty() && standing.hindrance().isPresent();
        return named(rollout, hindered)
                .map(names -> "out of date: " + names + " (" + differences(rollout) + "), and not replaced: "
                        + rollout.standings().stream()
                                .filter(hindered)
                                .findFirst()
                                .flatMap(Standing::hindrance)
                                .orElseThrow());
    }

    private static Optional<String> pending(Rollout rollout) {
        return rollout.type() == UpdateType.InPlace
                ? named(rollout, Standing::isPending)
                        .map(names -> "waiting for their next start: " + names + "; annotate them or the Stack with "
                                + Steering.RESTART + ", or set updateStrategy.type Restart")
                : Optional.empty();
    }

    /** Rather than merely restarts. */
    static boolean replaces(Rollout rollout) {
        return !rollout.replace().isEmpty()
                || rollout.restart().isEmpty() && rollout.later().stream().anyMatch(Standing::isReplaceable)
                || !rollout.goesOn() && hindered(rollout).isPresent();
    }

    private static long current(Rollout rollout) {
        return rollout.standings().stream()
                .filter(standing -> standing.isAvailable()
                        && !standing.isOutOfDate()
                        && standing.stackRestart().isEmpty())
                .count();
    }

    private static String differences(Rollout rollout) {
        return rollout.standings().stream()
                .flatMap(standing -> standing.differences().stream())
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(Rollout rollout, Predicate<Standing> which) {
        var names =
                rollout.standings().stream().filter(which).map(Standing::name).toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(names(names));
    }

    static String names(List<String> names) {
        var first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }

    private static String name(Machine machine) {
        return machine.getMetadata().getName();
    }

    private static String said(Machine machine) {
        return Readiness.booting(machine)
                .or(() -> Readiness.of(machine).map(Condition::getMessage))
                .orElse("not looked at yet");
    }
}
