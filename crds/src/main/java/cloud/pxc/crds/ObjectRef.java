package cloud.pxc.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object by its name alone: cluster-scoped, or in the namespace of the one that refers to it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ObjectRef(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the object.")
        String name) {}
