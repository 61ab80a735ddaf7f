package cloud.pxc.crds.zone;

import cloud.pxc.crds.ObjectRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** Certificates for the TLS Secrets of Ingresses in this zone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZoneCertificates(
        @Required @JsonPropertyDescription("The AcmeIssuer.")
        ObjectRef issuerRef,

        @Default("false")
        @JsonPropertyDescription("Ask for one wildcard per parent name instead of one certificate per name.")
        Boolean wildcard) {}
