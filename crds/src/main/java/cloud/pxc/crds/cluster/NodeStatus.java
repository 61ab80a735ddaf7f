package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A node as it was last seen. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeStatus(
        @JsonPropertyDescription("Name of the node.") String name,

        @JsonPropertyDescription("Whether the node is part of the cluster now.")
        Boolean online,

        @JsonPropertyDescription("Cores of the node.") Integer cores,

        @JsonPropertyDescription("Memory of the node in octets.")
        Long memory,

        @JsonPropertyDescription("Memory in use in octets.") Long memoryUsed,

        @JsonPropertyDescription("Zone of the node, where one is declared.")
        String zone,

        @JsonPropertyDescription(
                "Whether nothing new is placed there, by the annotation pxc.cloud/cordon or pxc.cloud/drain.")
        Boolean cordoned,

        @JsonPropertyDescription("While it is drained: machines that were there when that began.")
        Integer drainedOf) {}
