package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The addresses of a network for one protocol. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.gateway) || !isIP(self.gateway) || !isCIDR(self.subnet) || cidr(self.subnet).containsIP(self.gateway)",
        message = "gateway must lie within the subnet")
@ValidationRule(
        value =
                "!has(self.pools) || self.pools.all(p, p.split('-').size() == 2 && p.split('-').all(a, isIP(a) && isCIDR(self.subnet) && cidr(self.subnet).containsIP(a)))",
        message = "each pool must be first-last, two addresses within the subnet, for example 10.20.1.10-10.20.1.250")
@ValidationRule(
        value = "self.mode == 'Pool' ? has(self.pools) && self.pools.size() > 0 : !has(self.pools)",
        message = "pools are needed for mode Pool, and for no other: give pools, or mode DHCP or SLAAC without them")
public record AddressPlan(
        @Required
        @Size(max = 43) @ValidationRule(
                value = "isCIDR(self)",
                message = "subnet must be a network in CIDR notation, for example 10.20.0.0/16")
        @JsonPropertyDescription("Subnet in CIDR notation, for example 10.20.0.0/16.")
        String subnet,

        @Size(max = 39) @ValidationRule(value = "isIP(self)", message = "gateway must be an IP address")
        @JsonPropertyDescription("Default gateway within the subnet.")
        String gateway,

        @Default("Pool") @JsonPropertyDescription("How machines come by an address.")
        AddressMode mode,

        @Size(max = 16) @JsonPropertyDescription(
                "Ranges that addresses are leased from, each first-last, for example 10.20.1.10-10.20.1.250.")
        List<@Size(max = 80) String> pools) {

    public AddressPlan {
        pools = pools == null ? List.of() : List.copyOf(pools);
    }
}
