package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the conditions of every kind, in the form of metav1.Condition and as kstatus reads them: {@code Ready} is always there,
 * {@code Reconciling} and {@code Stalled} only while true.
 */
@ApplicationScoped
public class Conditions {

    public static final String READY = "Ready";
    public static final String RECONCILING = "Reconciling";
    public static final String STALLED = "Stalled";

    /** The API server's bound on a condition's message, in characters. */
    private static final int MAX_MESSAGE = 32_768;

    private final Clock clock;

    public Conditions(Clock clock) {
        this.clock = clock;
    }

    /**
     * The conditions after a pass.
     *
     * @param previous what the status holds now; may be null or empty; conditions of other types are kept as they are
     * @param generation the object's {@code metadata.generation} that was looked at
     */
    public List<Condition> after(List<Condition> previous, Long generation, Verdict verdict) {
        var before = previous == null ? List.<Condition>of() : previous;
        var result = new ArrayList<Condition>();
        result.add(condition(before, generation, READY, verdict instanceof Verdict.Ready, verdict));
        switch (verdict) {
            case Verdict.Ready ready -> {}
            case Verdict.Progressing progressing ->
                result.add(condition(before, generation, RECONCILING, true, progressing));
            case Verdict.Failing failing -> result.add(condition(before, generation, RECONCILING, true, failing));
            case Verdict.Stalled stalled -> result.add(condition(before, generation, STALLED, true, stalled));
        }
        before.stream().filter(condition -> !ownedHere(condition.getType())).forEach(result::add);
        return List.copyOf(result);
    }

    /** The conditions with one of the kind's own set; everything else is kept. */
    public List<Condition> with(
            List<Condition> previous, Long generation, String type, boolean status, Reason reason, String message) {
        var before = previous == null ? List.<Condition>of() : previous;
        var result = new ArrayList<Condition>();
        before.stream().filter(condition -> !condition.getType().equals(type)).forEach(result::add);
        result.add(condition(before, generation, type, status, reason, message));
        return List.copyOf(result);
    }

    /** The conditions without that of one type. */
    public static List<Condition> without(List<Condition> previous, String type) {
        return previous.stream()
                .filter(condition -> !condition.getType().equals(type))
                .toList();
    }

    /** The condition of that type, where there is one. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    /** Whether {@code Ready} is {@code True}. */
    public static boolean isReady(List<Condition> conditions) {
        return find(conditions, READY)
                .map(Condition::getStatus)
                .filter("True"::equals)
                .isPresent();
    }

    private Condition condition(List<Condition> before, Long generation, String type, boolean status, Verdict verdict) {
        return condition(before, generation, type, status, verdict.reason(), verdict.message());
    }

    private Condition condition(
            List<Condition> before, Long generation, String type, boolean status, Reason reason, String message) {
        var word = status ? "True" : "False";
        var since = find(before, type)
                .filter(old -> Objects.equals(old.getStatus(), word))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(word)
                .withReason(reason.name())
                .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…")
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    private static boolean ownedHere(String type) {
        return type.equals(READY) || type.equals(RECONCILING) || type.equals(STALLED);
    }
}
