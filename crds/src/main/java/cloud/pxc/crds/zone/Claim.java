package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

/** Who may take which names. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.namespaceSelector) != has(self.namespaces)",
        message = "give either namespaceSelector or namespaces, not both and not neither")
public record Claim(
        @JsonPropertyDescription("Namespaces by their labels.")
        LabelSelector namespaceSelector,

        @Size(max = 256) @JsonPropertyDescription("Namespaces by name.")
        List<@Size(min = 1, max = 63) String> namespaces,

        @Required
        @Size(min = 1, max = 32) @ValidationRule(
                value =
                        "self.all(n, n == '@' || n == '*' || n.matches('^([*][.])?([a-z0-9_]([-a-z0-9_]*[a-z0-9])?[.])*[a-z0-9_]([-a-z0-9_]*[a-z0-9])?$'))",
                message = "each of names must be a name relative to the zone, *.name, * or @, in lower case")
        @JsonPropertyDescription(
                "Names relative to the zone: a name, *.name for every name below it, * for every name, @ for the zone itself.")
        List<@Size(min = 1, max = 253) String> names) {

    public Claim {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        names = names == null ? List.of() : List.copyOf(names);
    }
}
