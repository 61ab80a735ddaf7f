package cloud.pxc.crds.certificate;

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

/** A certificate that is issued, kept in a Secret and renewed. */
@JsonClassDescription("A certificate that is issued, kept in a Secret and renewed.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("Certificate")
@Plural("certificates")
@Singular("certificate")
@ShortNames({"pxcert", "pxcerts"})
@AdditionalPrinterColumn(name = "NAMES", jsonPath = ".status.names")
@AdditionalPrinterColumn(name = "ISSUER", jsonPath = ".spec.issuerRef.name")
// Text, not dates: of a date to come the API server prints <invalid>.
@AdditionalPrinterColumn(name = "EXPIRES", jsonPath = ".status.notAfter")
@AdditionalPrinterColumn(name = "RENEWS", jsonPath = ".status.renewalTime")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class Certificate extends CustomResource<CertificateSpec, CertificateStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected CertificateSpec initSpec() {
        return null;
    }

    @Override
    protected CertificateStatus initStatus() {
        return null;
    }
}
