package cloud.pxc.crds.certificate;

import cloud.pxc.crds.ObjectRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A certificate that is issued, kept in a Secret and renewed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CertificateSpec(
        @Required
        @Size(min = 1, max = 100) @ValidationRule(
                value =
                        "self.all(n, n.matches('^([*][.])?([a-z0-9_]([-a-z0-9_]*[a-z0-9])?[.])+[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))",
                message =
                        "each of dnsNames must be a fully qualified name in lower case, without a dot at the end; only its first label may be *")
        @ValidationRule(
                value = "self.all(n, self.exists_one(m, m == n))",
                message = "each of dnsNames may stand there once")
        @JsonPropertyDescription("Names it is for; a wildcard covers one label.")
        List<@Size(min = 1, max = 253) String> dnsNames,

        @Required
        @Size(min = 1, max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$") @ValidationRule(
                value = "self == oldSelf",
                message = "secretName is immutable: make another Certificate and delete this one")
        @JsonPropertyDescription("Secret of type kubernetes.io/tls that holds it; immutable.")
        String secretName,

        @Required @JsonPropertyDescription("The AcmeIssuer.")
        ObjectRef issuerRef,

        @Default("{\"algorithm\": \"ECDSA\", \"size\": 256, \"rotation\": \"Always\"}")
        @JsonPropertyDescription("The private key.")
        PrivateKey privateKey,

        @Default("{}") @JsonPropertyDescription("When it is renewed.")
        Renewal renewal,

        @JsonPropertyDescription("Namespaces that get a copy of the Secret.")
        Replication replicateTo) {

    public CertificateSpec {
        dnsNames = dnsNames == null ? List.of() : List.copyOf(dnsNames);
    }
}
