package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Which nodes are used, and where they stand. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodePolicy(
        @Size(max = 256) @JsonPropertyDescription("Nodes on which nothing is placed.")
        List<@Size(max = 63) String> exclude,

        @Size(max = 256) @JsonPropertyDescription("Zone (rack, room) of each node, for spreading.")
        Map<String, String> zones) {

    public NodePolicy {
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        zones = zones == null ? Map.of() : Map.copyOf(zones);
    }
}
