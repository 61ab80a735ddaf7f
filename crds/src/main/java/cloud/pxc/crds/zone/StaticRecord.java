package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A record of the zone itself. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(value = "self.type != 'CNAME' || self.values.size() == 1", message = "a CNAME has exactly one value")
@ValidationRule(
        value = "self.type != 'A' || self.values.all(v, isIP(v) && ip(v).family() == 4)",
        message = "values of type A must be IPv4 addresses")
@ValidationRule(
        value = "self.type != 'AAAA' || self.values.all(v, isIP(v) && ip(v).family() == 6)",
        message = "values of type AAAA must be IPv6 addresses")
@ValidationRule(
        value = "self.name != '@' || !(self.type in ['CNAME', 'NS'])",
        message =
                "the zone itself can have no CNAME (RFC 1034 section 3.6.2), and its NS records come from primary and secondaries")
@ValidationRule(
        value = "!(self.type in ['CNAME', 'NS', 'PTR']) || self.values.all(v, !isIP(v))",
        message = "values of type CNAME, NS and PTR must be host names; for an address use type A or AAAA")
public record StaticRecord(
        @Required
        @Size(min = 1, max = 253) @Pattern("^(@|(\\*\\.)?([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\\.)*[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?)$") @JsonPropertyDescription("Name relative to the zone, @ for the zone itself.")
        String name,

        @Required @JsonPropertyDescription("Type of the record.")
        RecordType type,

        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("Values as in a zone file.")
        List<@Size(min = 1, max = 1024) String> values,

        @Min(0) @Max(2147483) @JsonPropertyDescription("Time to live in seconds; the zone's default where none is given.")
        Integer ttl) {

    public StaticRecord {
        values = values == null ? List.of() : List.copyOf(values);
    }
}
