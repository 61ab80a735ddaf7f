package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A network interface of a machine. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NetworkInterface(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Network of the ProxmoxCluster.")
        String name,

        @Pattern("^([0-9A-F]{2}:){5}[0-9A-F]{2}$") @JsonPropertyDescription("MAC address, kept for life; made from the cluster's prefix where none is given.")
        String mac,

        @Default("false") @JsonPropertyDescription("Whether Proxmox' firewall filters the interface.")
        Boolean firewall,

        @Min(1) @Max(4094) @JsonPropertyDescription("VLAN tag; the network's where none is given.")
        Integer vlan,

        @Min(576) @Max(65520) @JsonPropertyDescription("MTU in octets; the network's where none is given.")
        Integer mtu,

        @Size(max = 39) @ValidationRule(
                value = "isIP(self) && ip(self).family() == 4",
                message = "ipv4 must be an IPv4 address without prefix length")
        @JsonPropertyDescription("IPv4 address for life, within the network's subnet; leased like one of the pool's.")
        String ipv4,

        @Size(max = 39) @ValidationRule(
                value = "isIP(self) && ip(self).family() == 6",
                message = "ipv6 must be an IPv6 address without prefix length")
        @JsonPropertyDescription("IPv6 address for life, within the network's subnet; leased like one of the pool's.")
        String ipv6) {}
