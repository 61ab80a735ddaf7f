package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A Proxmox VE cluster on which the cloud runs. */
@JsonClassDescription("A Proxmox VE cluster on which the cloud runs.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("ProxmoxCluster")
@Plural("proxmoxclusters")
@Singular("proxmoxcluster")
@ShortNames("pvec")
@AdditionalPrinterColumn(name = "TARGET", jsonPath = ".status.target")
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.version")
@AdditionalPrinterColumn(name = "NODES", jsonPath = ".status.nodesOnline")
@AdditionalPrinterColumn(name = "MACHINES", jsonPath = ".status.machines", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
        message =
                "the name of a ProxmoxCluster becomes one label of its target PVE: at most 63 letters, digits and hyphens, without dots")
public class ProxmoxCluster extends CustomResource<ProxmoxClusterSpec, ProxmoxClusterStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    protected ProxmoxClusterSpec initSpec() {
        return null;
    }

    @Override
    protected ProxmoxClusterStatus initStatus() {
        return null;
    }
}
