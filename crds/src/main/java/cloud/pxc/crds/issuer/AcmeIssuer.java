package cloud.pxc.crds.issuer;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An account at an ACME certification authority. */
@JsonClassDescription("An account at an ACME certification authority.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("AcmeIssuer")
@Plural("acmeissuers")
@Singular("acmeissuer")
@AdditionalPrinterColumn(name = "SERVER", jsonPath = ".spec.server")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class AcmeIssuer extends CustomResource<AcmeIssuerSpec, AcmeIssuerStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    protected AcmeIssuerSpec initSpec() {
        return null;
    }

    @Override
    protected AcmeIssuerStatus initStatus() {
        return null;
    }
}
