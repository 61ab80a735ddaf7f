package cloud.pxc.crds.zone;

import cloud.pxc.crds.SecretRef;
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

/** The name server that takes updates. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PrimaryServer(
        @Required
        @ValidationRule(value = "isIP(self)", message = "address must be an IP address")
        @Size(max = 39) @JsonPropertyDescription("IP address.")
        String address,

        @Default("53") @Min(1) @Max(65535) @JsonPropertyDescription("DNS port, TCP and UDP.")
        Integer port,

        @Size(max = 253) @Pattern("^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name in the zone's NS records; ns1.<zone> with a glue record where none is given.")
        String hostname,

        @Required
        @JsonPropertyDescription(
                "Secret with the keys name, algorithm (for example hmac-sha256) and secret (base64) of the TSIG key (RFC 8945) that may update the zone.")
        SecretRef tsigRef,

        @JsonPropertyDescription(
                "The same for the TSIG key that secondaries transfer with; the update key where none is given. Both servers must know the key.")
        SecretRef transferKeyRef,

        @JsonPropertyDescription("Control channel. Without it the zone must exist already.")
        Control control) {}
