package cloud.pxc.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A snapshot of one machine. */
@JsonClassDescription(
        "A snapshot of one machine. The annotation pxc.cloud/roll-back with any new value rolls the machine back to it.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("MachineSnapshot")
@Plural("machinesnapshots")
@Singular("machinesnapshot")
@ShortNames({"msnap", "msnaps"})
@AdditionalPrinterColumn(name = "MACHINE", jsonPath = ".spec.machineRef.name")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "MEMORY", jsonPath = ".status.memory", type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "TAKEN", jsonPath = ".status.takenAt", type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "SNAPSHOT", jsonPath = ".status.snapshot", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class MachineSnapshot extends CustomResource<MachineSnapshotSpec, MachineSnapshotStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected MachineSnapshotSpec initSpec() {
        return null;
    }

    @Override
    protected MachineSnapshotStatus initStatus() {
        return null;
    }
}
