package cloud.pxc.crds.issuer;

import cloud.pxc.crds.SecretRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An account at an ACME certification authority. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AcmeIssuerSpec(
        @Required
        @Size(max = 2048) @Pattern("^https://.+") @ValidationRule(
                value = "self == oldSelf",
                message =
                        "server is immutable: certificates and the account belong to their CA; make another AcmeIssuer")
        @JsonPropertyDescription("Directory URL of the CA; immutable.")
        String server,

        @Size(max = 254) @Pattern("^[^@ ]+@[^@ ]+$") @JsonPropertyDescription("Where the CA writes to.")
        String email,

        @JsonPropertyDescription("An account the CA knows already.")
        ExternalAccountBinding externalAccountBinding,

        @JsonPropertyDescription(
                "Secret whose key ca.crt holds the certificates, in PEM, that the CA's own server is verified by; the system's where none is given.")
        SecretRef caRef,

        @Size(max = 63) @JsonPropertyDescription("Profile of certificates (draft-ietf-acme-profiles), where the CA offers several.")
        String profile,

        @Size(max = 253) @JsonPropertyDescription("Common name of the root whose chain is taken where the CA offers several.")
        String preferredChain,

        @Default("{}") @JsonPropertyDescription("How hard the CA may be asked.")
        Limits limits) {}
