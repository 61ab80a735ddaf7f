package cloud.pxc.crds.snapshot;

import cloud.pxc.crds.ObjectRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Of what a snapshot is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MachineSnapshotSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message = "machineRef is immutable: make another MachineSnapshot and delete this one")
        @JsonPropertyDescription("The Machine in this namespace that it is of; immutable.")
        ObjectRef machineRef,

        @Default("false")
        @ValidationRule(
                value = "self == oldSelf",
                message = "memory is immutable: make another MachineSnapshot and delete this one")
        @JsonPropertyDescription(
                "Whether the memory of a running virtual machine is kept too, so that it runs on from there after a rollback; immutable.")
        Boolean memory,

        @Size(max = 1024) @JsonPropertyDescription("What Proxmox shows beside its name; said when it is taken.")
        String description) {}
