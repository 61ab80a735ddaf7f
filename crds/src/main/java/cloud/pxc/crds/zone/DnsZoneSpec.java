package cloud.pxc.crds.zone;

import cloud.pxc.crds.DeletionPolicy;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A DNS zone on name servers of one's own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.secondaries) || self.secondaries.all(s, s.address != self.primary.address || s.port != self.primary.port)",
        message = "a secondary must be another server than the primary: give its own address or port")
public record DnsZoneSpec(
        @Required @JsonPropertyDescription("The name server that takes updates.")
        PrimaryServer primary,

        @Size(max = 16) @JsonPropertyDescription(
                "The name servers that follow; all of them must serve a name before it is called live.")
        List<SecondaryServer> secondaries,

        @Default("{}") @JsonPropertyDescription("The zone's SOA record.")
        Soa soa,

        @Default("{\"default\": 300, \"min\": 30, \"max\": 86400}") @JsonPropertyDescription("Bounds of time to live.")
        Ttl ttl,

        @JsonPropertyDescription("Where names of Ingresses point.")
        IngressTargets ingress,

        @Size(max = 128) @JsonPropertyDescription(
                "Who may take which names; nobody else may. Without a list every namespace may take any free name.")
        List<Claim> claims,

        @Size(max = 256) @JsonPropertyDescription("Records of the zone itself.")
        List<StaticRecord> records,

        @JsonPropertyDescription("Reverse zones kept beside this one.")
        Reverse reverse,

        @JsonPropertyDescription("Signing of the zone.") Dnssec dnssec,

        @JsonPropertyDescription("Certificates for the TLS Secrets of Ingresses in this zone.")
        ZoneCertificates certificates,

        @Default("Retain")
        @JsonPropertyDescription("What becomes of the zone on the name servers when this object is deleted.")
        DeletionPolicy deletionPolicy) {

    public DnsZoneSpec {
        secondaries = secondaries == null ? List.of() : List.copyOf(secondaries);
        claims = claims == null ? List.of() : List.copyOf(claims);
        records = records == null ? List.of() : List.copyOf(records);
    }
}
