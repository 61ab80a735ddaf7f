package cloud.pxc.crds.record;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What became of the records. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DnsRecordStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("Whether the name is this namespace's.")
        Boolean accepted,

        @JsonPropertyDescription("Who holds the name, namespace/kind/name.")
        String owner,

        @JsonPropertyDescription("The zone it lies in.") String zone,

        @JsonPropertyDescription("Serial of the zone at which it became visible.")
        Long serial) {

    public DnsRecordStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
