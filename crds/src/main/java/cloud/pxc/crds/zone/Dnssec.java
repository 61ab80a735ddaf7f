package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Signing of the zone by the name server. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Dnssec(
        @Required
        @Size(min = 1, max = 63) @JsonPropertyDescription(
                "Name of a dnssec-policy of the primary, for example default; none where nothing is said.")
        String policy) {}
