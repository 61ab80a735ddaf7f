package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Bounds of time to live, in seconds. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.min <= self.max && self.default >= self.min && self.default <= self.max",
        message = "ttl must keep min <= default <= max")
public record Ttl(
        @JsonProperty("default")
        @Default("300")
        @Min(0) @Max(2147483) @JsonPropertyDescription("Where nobody says anything.")
        Integer standard,

        @Default("30") @Min(0) @Max(2147483) @JsonPropertyDescription("Least that is given.")
        Integer min,

        @Default("86400") @Min(0) @Max(2147483) @JsonPropertyDescription("Most that is given.")
        Integer max) {}
