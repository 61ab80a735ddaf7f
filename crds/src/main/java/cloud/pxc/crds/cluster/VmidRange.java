package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** The VMIDs the operator may take, both ends included. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(value = "self.from <= self.to", message = "vmids.from must not be greater than vmids.to")
public record VmidRange(
        @Required @Min(100) @Max(999999999) @JsonPropertyDescription("First VMID.")
        Integer from,

        @Required @Min(100) @Max(999999999) @JsonPropertyDescription("Last VMID.")
        Integer to) {}
