package cloud.pxc.crds.certificate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;

/** When the certificate is renewed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Renewal(
        @Default("33%")
        @Pattern("^([1-9][0-9]?%|[1-9][0-9]{0,5}(s|m|h))$") @JsonPropertyDescription(
                "How long before its end, as a part of its whole life (33%) or a time (720h). The CA's own advice (ARI, RFC 9773) goes first.")
        String before) {}
