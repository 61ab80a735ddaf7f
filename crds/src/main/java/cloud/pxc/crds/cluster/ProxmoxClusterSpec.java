package cloud.pxc.crds.cluster;

import cloud.pxc.crds.SecretRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a Proxmox VE cluster is to the cloud. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProxmoxClusterSpec(
        @Required
        @Size(max = 190) @Pattern("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @ValidationRule(
                value = "self == oldSelf",
                message =
                        "domain is immutable: every name in the cloud hangs on it; declare a new ProxmoxCluster instead")
        @JsonPropertyDescription("The cloud domain; immutable. The target PVE is <name>.<domain>.")
        String domain,

        @Required
        @Size(min = 1, max = 32) @ValidationRule(
                value = "self.all(e, e.matches('^https://[^/]+/?$'))",
                message = "each endpoint must look like https://host:8006, without a path")
        @JsonPropertyDescription("API addresses of nodes, https://host:8006, tried in turn.")
        List<@Size(max = 256) String> endpoints,

        @Required
        @JsonPropertyDescription(
                "Secret with the keys tokenId (user@realm!name) and tokenSecret. A changed Secret is used at once.")
        SecretRef credentialsRef,

        @Default("{\"insecure\": false}") @JsonPropertyDescription("How the API's certificate is verified.")
        Tls tls,

        @Required @JsonPropertyDescription("The VMIDs the operator may take.")
        VmidRange vmids,

        @Default("{}") @JsonPropertyDescription("Which nodes are used, and where they stand.")
        NodePolicy nodes,

        @Required @JsonPropertyDescription("Storages that are used where a machine names none.")
        StorageDefaults storage,

        @Default("{}") @JsonPropertyDescription("How much more is promised than there is.")
        Overcommit overcommit,

        @Size(max = 32) @ValidationRule(
                value = "self.all(n, self.exists_one(m, m.name == n.name))",
                message = "each network needs a name of its own")
        @JsonPropertyDescription("Networks machines can be attached to.")
        List<Network> networks,

        @Size(max = 64) @ValidationRule(
                value = "self.all(n, self.exists_one(m, m.name == n.name))",
                message = "each image needs a name of its own")
        @JsonPropertyDescription("Images machines are made from.")
        List<Image> images) {

    public ProxmoxClusterSpec {
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        networks = networks == null ? List.of() : List.copyOf(networks);
        images = images == null ? List.of() : List.copyOf(images);
    }
}
