package cloud.pxc.crds.issuer;

import cloud.pxc.crds.SecretRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An account the CA knows already (RFC 8555 section 7.3.4). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExternalAccountBinding(
        @Required @Size(min = 1, max = 512) @JsonPropertyDescription("Key identifier that the CA gave out.")
        String keyId,

        @Required @JsonPropertyDescription("Secret whose key hmacKey holds the MAC key, base64url.")
        SecretRef keyRef) {}
