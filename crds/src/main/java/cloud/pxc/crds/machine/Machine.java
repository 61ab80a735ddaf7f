package cloud.pxc.crds.machine;

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

/** One virtual machine or container, made by a Stack. */
@JsonClassDescription("One virtual machine or container, made by a Stack.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("Machine")
@Plural("machines")
@Singular("machine")
@ShortNames("mach")
@AdditionalPrinterColumn(name = "SET", jsonPath = ".spec.set")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "VMID", jsonPath = ".status.vmid", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "NODE", jsonPath = ".status.node")
@AdditionalPrinterColumn(name = "ADDRESS", jsonPath = ".status.addresses[0]")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "HOSTNAME", jsonPath = ".spec.hostname", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class Machine extends CustomResource<MachineSpec, MachineStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected MachineSpec initSpec() {
        return null;
    }

    @Override
    protected MachineStatus initStatus() {
        return null;
    }
}
