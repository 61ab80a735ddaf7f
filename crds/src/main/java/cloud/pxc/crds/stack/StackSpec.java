package cloud.pxc.crds.stack;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.ObjectRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Machines that are deployed together. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "clusterRef is immutable: machines do not move between Proxmox clusters; make another Stack there")
        @JsonPropertyDescription("The ProxmoxCluster it runs on; immutable.")
        ObjectRef clusterRef,

        @Default("Delete") @JsonPropertyDescription("What becomes of the machines when the Stack is deleted.")
        DeletionPolicy deletionPolicy,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the Stack and its machines are kept from being deleted; to delete them, set it to false first.")
        Boolean deletionProtection,

        @Required
        @Size(min = 1, max = 32) @ValidationRule(
                value = "self.all(s, self.exists_one(o, o.name == s.name))",
                message = "each machine set needs a name of its own")
        @JsonPropertyDescription("The machines.")
        List<MachineSet> machineSets) {

    public StackSpec {
        machineSets = machineSets == null ? List.of() : List.copyOf(machineSets);
    }
}
