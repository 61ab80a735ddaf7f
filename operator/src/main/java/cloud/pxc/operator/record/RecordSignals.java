package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.claim.FreedNames;
import cloud.pxc.operator.claim.ZoneCatalog;
import cloud.pxc.operator.names.Names;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;

/** What has a record looked at besides its own object: news of its name, a change of the zones, a name that is free again. */
@ApplicationScoped
class RecordSignals {

    private final Names names;
    private final ZoneCatalog catalog;
    private final FreedNames freed;

    RecordSignals(Names names, ZoneCatalog catalog, FreedNames freed) {
        this.names = names;
        this.catalog = catalog;
        this.freed = freed;
    }

    List<EventSource<?, DnsRecord>> sources(EventSourceContext<DnsRecord> context) {
        var news = new SimpleInboundEventSource<DnsRecord>("record-news");
        Consumer<Owner> tell = owner -> news.propagateEvent(new ResourceID(owner.name(), owner.namespace()));
        names.listen(DnsRecordReconciler.KIND, tell);
        freed.listen(DnsRecordReconciler.KIND, tell);
        catalog.listen(() -> context.getPrimaryCache()
                .list()
                .forEach(record -> news.propagateEvent(ResourceID.fromResource(record))));
        return List.of(news);
    }
}
