package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A name server that follows the primary. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecondaryServer(
        @Required
        @ValidationRule(value = "isIP(self)", message = "address must be an IP address")
        @Size(max = 39) @JsonPropertyDescription("IP address.")
        String address,

        @Default("53") @Min(1) @Max(65535) @JsonPropertyDescription("DNS port, TCP and UDP.")
        Integer port,

        @Size(max = 253) @Pattern("^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name in the zone's NS records; ns2.<zone> and so on where none is given.")
        String hostname,

        @JsonPropertyDescription("Control channel. Without it the zone must exist already.")
        Control control) {}
