package cloud.pxc.crds.record;

import cloud.pxc.crds.zone.RecordType;
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

/** Records of one name and type. */
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
        value = "self.type != 'MX' || self.values.all(v, v.matches('^[0-9]{1,5} [^ ]+$'))",
        message = "values of type MX must be a preference and a host name, for example 10 mail.example.org.")
@ValidationRule(
        value =
                "!(self.type in ['CNAME', 'NS', 'PTR']) || self.values.all(v, v.matches('^[A-Za-z0-9_.*-]+$') && !isIP(v))",
        message = "values of type CNAME, NS and PTR must be host names; for an address use type A or AAAA")
public record DnsRecordSpec(
        @Required
        @Size(max = 253) @Pattern("^(\\*\\.)?([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @ValidationRule(
                value = "self == oldSelf",
                message = "fqdn is immutable: make another DnsRecord and delete this one")
        @JsonPropertyDescription("Fully qualified name, in lower case, without a dot at the end; immutable.")
        String fqdn,

        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message = "type is immutable: make another DnsRecord and delete this one")
        @JsonPropertyDescription("Type of the records; immutable.")
        RecordType type,

        @Required @Size(min = 1, max = 100) @JsonPropertyDescription("Values as in a zone file.")
        List<@Size(min = 1, max = 4096) String> values,

        @Min(0) @Max(2147483) @JsonPropertyDescription(
                "Time to live in seconds, kept within the zone's bounds; the zone's default where none is given.")
        Integer ttl) {

    public DnsRecordSpec {
        values = values == null ? List.of() : List.copyOf(values);
    }
}
