package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** How far an image is on the nodes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImageStatus(
        @JsonPropertyDescription("Name of the image.") String name,

        @JsonPropertyDescription("Whether it is everywhere it is needed.")
        Boolean ready,

        @JsonPropertyDescription("Its volume, for example local:import/pxc-debian-12-1a2b3c4d.qcow2.")
        String volume,

        @JsonPropertyDescription("Nodes that hold it.") List<String> nodes,

        @JsonPropertyDescription("Nodes it was fetched to by the operator, which removes it from no others.")
        List<String> fetched,

        @JsonPropertyDescription("Running download (UPID) per node.")
        Map<String, String> tasks,

        @JsonPropertyDescription("What keeps it from being ready.")
        String message) {

    public ImageStatus {
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        fetched = fetched == null ? List.of() : List.copyOf(fetched);
        tasks = tasks == null ? Map.of() : Map.copyOf(tasks);
    }
}
