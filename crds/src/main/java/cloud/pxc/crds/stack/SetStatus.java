package cloud.pxc.crds.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What became of a machine set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SetStatus(
        @JsonPropertyDescription("Name of the set.") String name,

        @JsonPropertyDescription("Machines there are.") Integer replicas,
        @JsonPropertyDescription("Machines that are ready.") Integer ready,

        @JsonPropertyDescription("Machines that are what the set says, or are on their way to it.")
        Integer updated,

        @JsonPropertyDescription("Machines that are not, and wait for a restart or for their replacement.")
        Integer outOfDate,

        @JsonPropertyDescription("Which machines stay so until somebody does something, and what.")
        String message) {}
