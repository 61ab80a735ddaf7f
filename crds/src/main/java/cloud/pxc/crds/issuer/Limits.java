package cloud.pxc.crds.issuer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How hard the CA may be asked. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Limits(
        @Default("60") @Min(1) @Max(10000) @JsonPropertyDescription("New orders a minute.")
        Integer ordersPerMinute,

        @Default("30") @Min(1) @Max(1000) @JsonPropertyDescription("Orders under way at once.")
        Integer concurrentOrders) {}
