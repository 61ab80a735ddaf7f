package cloud.pxc.crds.record;

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

/** Records that a tenant wants. */
@JsonClassDescription("Records that a tenant wants.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("DnsRecord")
@Plural("dnsrecords")
@Singular("dnsrecord")
@ShortNames({"rec", "recs"})
@AdditionalPrinterColumn(name = "FQDN", jsonPath = ".spec.fqdn")
@AdditionalPrinterColumn(name = "TYPE", jsonPath = ".spec.type")
@AdditionalPrinterColumn(name = "VALUE", jsonPath = ".spec.values[0]")
@AdditionalPrinterColumn(name = "SERIAL", jsonPath = ".status.serial", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class DnsRecord extends CustomResource<DnsRecordSpec, DnsRecordStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected DnsRecordSpec initSpec() {
        return null;
    }

    @Override
    protected DnsRecordStatus initStatus() {
        return null;
    }
}
