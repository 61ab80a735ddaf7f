package cloud.pxc.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret or ConfigMap in the namespace of the object that refers to it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyRef(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the Secret, or else of the ConfigMap.")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Key within its data.")
        String key) {}
