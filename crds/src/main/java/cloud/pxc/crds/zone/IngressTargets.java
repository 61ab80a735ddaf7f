package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where names of Ingresses point. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IngressTargets(
        @Size(max = 16) @ValidationRule(
                value = "self.all(t, isIP(t)) || self.size() == 1",
                message = "targets must be IP addresses, or exactly one host name")
        @JsonPropertyDescription("IP addresses, or one host name, used where an Ingress has no address of its own.")
        List<@Size(min = 1, max = 253) String> targets) {

    public IngressTargets {
        targets = targets == null ? List.of() : List.copyOf(targets);
    }
}
