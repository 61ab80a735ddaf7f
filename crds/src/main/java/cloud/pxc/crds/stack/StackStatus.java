package cloud.pxc.crds.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What became of a stack. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("The stack FQDN, <stack>.<cloud domain>, held by this stack alone.")
        String fqdn,

        @JsonPropertyDescription("Machines declared.") Integer replicas,
        @JsonPropertyDescription("Machines ready.") Integer ready,

        @JsonPropertyDescription("Machines ready of all declared, for example 2/3.")
        String machines,

        @JsonPropertyDescription("The machine sets.") List<SetStatus> sets) {

    public StackStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        sets = sets == null ? List.of() : List.copyOf(sets);
    }
}
