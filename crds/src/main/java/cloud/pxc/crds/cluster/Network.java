package cloud.pxc.crds.cluster;

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

/** A network machines can be attached to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.ipv4) || !isCIDR(self.ipv4.subnet) || cidr(self.ipv4.subnet).ip().family() == 4",
        message = "ipv4.subnet must be an IPv4 network; an IPv6 one belongs under ipv6")
@ValidationRule(
        value = "!has(self.ipv6) || !isCIDR(self.ipv6.subnet) || cidr(self.ipv6.subnet).ip().family() == 6",
        message = "ipv6.subnet must be an IPv6 network; an IPv4 one belongs under ipv4")
@ValidationRule(
        value = "!has(self.ipv4) || self.ipv4.mode != 'SLAAC'",
        message = "ipv4.mode SLAAC does not exist: IPv4 has Pool and DHCP")
public record Network(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name that machines use.")
        String name,

        @Required @Pattern("^[a-zA-Z][a-zA-Z0-9_.]{0,14}$") @JsonPropertyDescription("Bridge or VNet on the nodes.")
        String bridge,

        @Min(1) @Max(4094) @JsonPropertyDescription("VLAN tag.")
        Integer vlan,

        @Min(576) @Max(65520) @JsonPropertyDescription("MTU in octets.")
        Integer mtu,

        @JsonPropertyDescription("IPv4 addresses. Without it machines get none from the operator.")
        AddressPlan ipv4,

        @JsonPropertyDescription("IPv6 addresses.") AddressPlan ipv6,

        @Size(max = 8) @ValidationRule(value = "self.all(n, isIP(n))", message = "each of nameservers must be an IP address")
        @JsonPropertyDescription("Resolvers that machines are given.")
        List<@Size(max = 39) String> nameservers) {

    public Network {
        nameservers = nameservers == null ? List.of() : List.copyOf(nameservers);
    }
}
