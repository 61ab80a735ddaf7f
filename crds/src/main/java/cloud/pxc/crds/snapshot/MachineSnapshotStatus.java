package cloud.pxc.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is known of a snapshot. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MachineSnapshotStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("How far it is.") SnapshotPhase phase,

        @JsonPropertyDescription("VMID of the guest that it is of.")
        Integer vmid,

        @JsonPropertyDescription("UID of the Machine that it is of: another one of the same name is another machine.")
        String machineUid,

        @JsonPropertyDescription("Its name on Proxmox, noted before it is taken.")
        String snapshot,

        @JsonPropertyDescription("When it was taken, by the clock of the node.")
        String takenAt,

        @JsonPropertyDescription("Whether it holds memory.") Boolean memory,

        @JsonPropertyDescription("Running task of Proxmox (UPID).")
        String task,

        @JsonPropertyDescription("Value of the annotation pxc.cloud/roll-back for which a rollback is under way.")
        String rollingBack,

        @JsonPropertyDescription("Node that the guest was on when that one was asked for.")
        String rollingBackOn,

        @JsonPropertyDescription("Task (UPID) of the last rollback of the guest before that one.")
        String rollingBackAfter,

        @JsonPropertyDescription("Value of the annotation pxc.cloud/roll-back that was done last.")
        String rolledBack) {

    public MachineSnapshotStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
