package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A network machines can be attached to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
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

        @Size(max = 8) @JsonPropertyDescription("Resolvers that machines are given.")
        List<String> nameservers) {

    public Network {
        nameservers = nameservers == null ? List.of() : List.copyOf(nameservers);
    }
}
