package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Reverse zones kept beside this one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Reverse(
        @Size(max = 64) @ValidationRule(
                value = "self.all(z, z.endsWith('.in-addr.arpa') || z.endsWith('.ip6.arpa'))",
                message = "each reverse zone must end in .in-addr.arpa or .ip6.arpa")
        @JsonPropertyDescription("Names under in-addr.arpa or ip6.arpa.")
        List<@Size(max = 253) String> zones) {

    public Reverse {
        zones = zones == null ? List.of() : List.copyOf(zones);
    }
}
