package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The zone's SOA record (RFC 1035 section 3.3.13). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Soa(
        @Default("hostmaster")
        @Size(min = 1, max = 253) @ValidationRule(
                value = "self.matches('^([A-Za-z0-9_-]+@)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?$')",
                message =
                        "contact must be a mailbox without a dot before its @, as hostmaster.example.org or hostmaster@example.org")
        @JsonPropertyDescription("Mailbox of whoever answers for the zone, as a domain name or an address.")
        String contact,

        @Default("3600") @Min(1) @Max(2147483) @JsonPropertyDescription("Seconds after which a secondary asks again.")
        Integer refresh,

        @Default("600")
        @Min(1) @Max(2147483) @JsonPropertyDescription("Seconds after which it asks again when it got no answer.")
        Integer retry,

        @Default("1209600") @Min(1) @Max(2147483) @JsonPropertyDescription("Seconds after which it stops answering.")
        Integer expire,

        @Default("60")
        @Min(0) @Max(10800) @JsonPropertyDescription("Seconds for which a missing name is remembered (RFC 2308).")
        Integer negativeTtl) {}
