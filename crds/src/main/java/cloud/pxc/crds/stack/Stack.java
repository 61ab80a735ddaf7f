package cloud.pxc.crds.stack;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Machines that are deployed together. */
@JsonClassDescription("Machines that are deployed together.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("Stack")
@Plural("stacks")
@Singular("stack")
@ShortNames("stk")
@AdditionalPrinterColumn(name = "FQDN", jsonPath = ".status.fqdn")
@AdditionalPrinterColumn(name = "MACHINES", jsonPath = ".status.machines")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
        message =
                "the name of a Stack becomes one label of its FQDN: at most 63 letters, digits and hyphens, without dots")
public class Stack extends CustomResource<StackSpec, StackStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected StackSpec initSpec() {
        return null;
    }

    @Override
    protected StackStatus initStatus() {
        return null;
    }
}
