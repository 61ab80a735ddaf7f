package cloud.pxc.crds.certificate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** The private key. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.algorithm == 'ECDSA' ? self.size in [256, 384] : self.size in [2048, 3072, 4096]",
        message = "size must be 256 or 384 for ECDSA, and 2048, 3072 or 4096 for RSA")
public record PrivateKey(
        @Default("ECDSA") @JsonPropertyDescription("Algorithm.")
        KeyAlgorithm algorithm,

        @Default("256") @JsonPropertyDescription("Bits: 256 or 384 for ECDSA, 2048, 3072 or 4096 for RSA.")
        Integer size,

        @Default("Always") @JsonPropertyDescription("When a new one is made.")
        KeyRotation rotation) {}
