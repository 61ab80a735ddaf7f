package cloud.pxc.crds.zone;

import cloud.pxc.crds.SecretRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** The control channel of a name server (rndc), by which zones are added and removed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Control(
        @Default("953") @Min(1) @Max(65535) @JsonPropertyDescription("TCP port of the channel.")
        Integer port,

        @Required
        @JsonPropertyDescription(
                "Secret with the keys name, algorithm (for example hmac-sha256) and secret (base64) of the channel's key.")
        SecretRef keyRef) {}
