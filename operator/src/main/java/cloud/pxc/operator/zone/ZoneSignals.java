package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.operator.names.Names;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What has a zone looked at besides its own object: its keys, and news of its names. */
@ApplicationScoped
class ZoneSignals {

    private final TsigSecrets secrets;
    private final Names names;

    ZoneSignals(TsigSecrets secrets, Names names) {
        this.secrets = secrets;
        this.names = names;
    }

    List<EventSource<?, DnsZone>> sources(EventSourceContext<DnsZone> context) {
        var published = new SimpleInboundEventSource<DnsZone>("zone-publications");
        names.listen(DnsZoneReconciler.KIND, owner -> published.propagateEvent(new ResourceID(owner.name())));
        return List.of(secrets.watch(context), published);
    }
}
