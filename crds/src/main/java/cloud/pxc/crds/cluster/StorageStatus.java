package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A storage as it was last seen. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageStatus(
        @JsonPropertyDescription("Name of the storage.") String name,

        @JsonPropertyDescription("Whether all nodes see the same content.")
        Boolean shared,

        @JsonPropertyDescription("Content types it takes.") List<String> content,
        @JsonPropertyDescription("Nodes that have it.") List<String> nodes) {

    public StorageStatus {
        content = content == null ? List.of() : List.copyOf(content);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
    }
}
