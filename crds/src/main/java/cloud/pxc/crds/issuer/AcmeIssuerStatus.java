package cloud.pxc.crds.issuer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the account was last seen to be. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AcmeIssuerStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("URL of the account at the CA.")
        String accountUrl,

        @JsonPropertyDescription("Terms that were agreed to by declaring the issuer.")
        String termsOfService,

        @JsonPropertyDescription("Profiles the CA offers.") List<String> profiles) {

    public AcmeIssuerStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
    }
}
