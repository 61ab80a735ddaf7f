package cloud.pxc.crds.certificate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is issued, and what is under way. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CertificateStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("The names in short, for example shop.example.org +1.")
        String names,

        @JsonPropertyDescription("Start of its life (RFC 3339).")
        String notBefore,

        @JsonPropertyDescription("End of its life (RFC 3339).")
        String notAfter,

        @JsonPropertyDescription("When it will be renewed (RFC 3339).")
        String renewalTime,

        @JsonPropertyDescription("Serial number, hexadecimal.")
        String serial,

        @JsonPropertyDescription("Order under way at the CA.")
        String orderUrl,

        @JsonPropertyDescription("Secret with the key of the order under way.")
        String nextKeySecret,

        @JsonPropertyDescription("Failures in a row.") Integer failures,

        @JsonPropertyDescription("When the next attempt is made after a failure (RFC 3339).")
        String nextAttempt,

        @JsonPropertyDescription("How many times it has been issued.")
        Long revision,

        @JsonPropertyDescription("Namespaces that hold a copy.")
        List<String> replicatedTo) {

    public CertificateStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        replicatedTo = replicatedTo == null ? List.of() : List.copyOf(replicatedTo);
    }
}
