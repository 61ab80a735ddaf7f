package cloud.pxc.crds.zone;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A DNS zone on name servers of one's own; named like the zone. */
@JsonClassDescription("A DNS zone on name servers of one's own; named like the zone.")
@Group("pxc.cloud")
@Version("v1alpha1")
@Kind("DnsZone")
@Plural("dnszones")
@Singular("dnszone")
@ShortNames({"zone", "zones"})
@AdditionalPrinterColumn(name = "SERIAL", jsonPath = ".status.serial", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "RECORDS", jsonPath = ".status.records", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "SERVERS", jsonPath = ".status.servers")
@AdditionalPrinterColumn(name = "DRIFT", jsonPath = ".status.drift", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "STATUS", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class DnsZone extends CustomResource<DnsZoneSpec, DnsZoneStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    protected DnsZoneSpec initSpec() {
        return null;
    }

    @Override
    protected DnsZoneStatus initStatus() {
        return null;
    }
}
