package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Where machines may run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Placement(
        @Default("node") @JsonPropertyDescription("What machines of a set are spread over.")
        Spread spread,

        @Size(max = 256) @JsonPropertyDescription("The only nodes they may run on.")
        List<@Size(max = 63) String> nodes) {

    public Placement {
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
    }
}
