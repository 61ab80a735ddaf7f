package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What a zone was last seen to be. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DnsZoneStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("Serial of the SOA record on the primary.")
        Long serial,

        @JsonPropertyDescription("RRsets in the zone that the operator has written.")
        Integer records,

        @JsonPropertyDescription("Names held by somebody.") Integer claims,

        @JsonPropertyDescription("RRsets repaired because they had been changed past the operator.")
        Integer drift,

        @JsonPropertyDescription("Name servers that serve the newest serial, of all, for example 2/2.")
        String servers,

        @JsonPropertyDescription("Whether the operator made the zone on its servers, and so may remove it.")
        Boolean created) {

    public DnsZoneStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
