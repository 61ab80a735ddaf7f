package cloud.pxc.crds.cluster;

import cloud.pxc.crds.SecretRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How the API's certificate is verified; by the system's authorities where nothing is said. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!(has(self.caRef) && has(self.fingerprints))",
        message = "give either caRef or fingerprints, not both")
@ValidationRule(
        value = "!self.insecure || !(has(self.caRef) || has(self.fingerprints))",
        message = "insecure accepts any certificate: leave it out, or remove caRef and fingerprints")
public record Tls(
        @JsonPropertyDescription(
                "Secret whose key ca.crt holds the certificates, in PEM, that the API's certificate must chain to.")
        SecretRef caRef,

        @Size(max = 32) @ValidationRule(
                value = "self.all(f, f.matches('^([0-9A-F]{2}:){31}[0-9A-F]{2}$'))",
                message =
                        "each fingerprint must be the SHA-256 one as Proxmox shows it, 32 pairs of hexadecimal digits with colons; print it with: pvenode cert info")
        @JsonPropertyDescription(
                "SHA-256 fingerprints of the certificates that are trusted instead, as Proxmox shows them (AA:BB:…).")
        List<@Size(max = 95) String> fingerprints,

        @Default("false")
        @JsonPropertyDescription("Accept any certificate. Whoever is on the way can then take the API token.")
        Boolean insecure) {

    public Tls {
        fingerprints = fingerprints == null ? List.of() : List.copyOf(fingerprints);
    }
}
