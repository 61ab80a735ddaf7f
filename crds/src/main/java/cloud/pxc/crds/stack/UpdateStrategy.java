package cloud.pxc.crds.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How changes reach running machines. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpdateStrategy(
        @Default("InPlace") @JsonPropertyDescription("How a change is made that can't be made in place.")
        UpdateType type,

        @Default("1")
        @Min(1) @Max(1000) @JsonPropertyDescription(
                "How many machines of the set may be down at once while they are restarted or replaced.")
        Integer maxUnavailable) {}
