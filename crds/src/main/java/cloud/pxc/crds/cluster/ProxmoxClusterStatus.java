package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What a Proxmox VE cluster was last seen to be. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProxmoxClusterStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("The target PVE: <name>.<domain>.")
        String target,

        @JsonPropertyDescription("Version of Proxmox VE.") String version,

        @JsonPropertyDescription("Whether the cluster has quorum.")
        Boolean quorate,

        @JsonPropertyDescription("Nodes online of all nodes, for example 3/3.")
        String nodesOnline,

        @JsonPropertyDescription("Machines of the cloud on this cluster.")
        Integer machines,

        @JsonPropertyDescription("The nodes.") List<NodeStatus> nodes,
        @JsonPropertyDescription("The storages.") List<StorageStatus> storages,
        @JsonPropertyDescription("The images.") List<ImageStatus> images) {

    public ProxmoxClusterStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        storages = storages == null ? List.of() : List.copyOf(storages);
        images = images == null ? List.of() : List.copyOf(images);
    }
}
