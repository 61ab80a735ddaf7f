package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much more is promised than there is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Overcommit(
        @Default("4") @Min(0.1) @Max(100) @JsonPropertyDescription("Virtual cores per core of the node.")
        Double cpu,

        @Default("1") @Min(0.1) @Max(10) @JsonPropertyDescription("Promised memory per memory of the node.")
        Double memory) {}
