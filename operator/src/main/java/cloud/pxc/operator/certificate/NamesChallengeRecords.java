package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RecordType;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.Wish;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Has challenges answered by the same way as all other names. */
@Startup
@ApplicationScoped
class NamesChallengeRecords implements ChallengeRecords {

    /** Short, since a challenge is of use once. */
    private static final long TTL_SECONDS = 30;

    private final Names names;
    private final Signals signals;
    private final ConcurrentMap<String, Map<String, List<String>>> wished = new ConcurrentHashMap<>();

    NamesChallengeRecords(Names names, Signals signals) {
        this.names = names;
        this.signals = signals;
    }

    @PostConstruct
    void listen() {
        names.listen("Certificate", owner -> signals.recordsMoved(new ResourceID(owner.name(), owner.namespace())));
    }

    @Override
    public void publish(Certificate certificate, Map<String, List<String>> records) {
        wished.put(certificate.getMetadata().getUid(), Map.copyOf(records));
        names.publish(
                LedgerNameRights.owner(certificate),
                records.entrySet().stream()
                        .map(record -> wish(record.getKey(), record.getValue()))
                        .toList());
    }

    @Override
    public Published published(Certificate certificate) {
        var records = wished.get(certificate.getMetadata().getUid());
        if (records == null) {
            return Published.NOTHING;
        }
        return switch (names.publication(LedgerNameRights.owner(certificate))) {
            case Publication.Pending(String message) -> new Published(records, Stage.PENDING, message);
            case Publication.Live live -> new Published(records, Stage.LIVE, "");
            case Publication.Refused(String message) -> new Published(records, Stage.FAILED, message);
            case Publication.Failing(var cause, String message) -> new Published(records, Stage.FAILED, message);
        };
    }

    @Override
    public void withdraw(Certificate certificate) {
        wished.remove(certificate.getMetadata().getUid());
        names.withdraw(LedgerNameRights.owner(certificate));
    }

    private static Wish wish(String recordName, List<String> digests) {
        var texts = digests.stream().map(digest -> '"' + digest + '"').toList();
        return new Wish(Fqdn.of(recordName), RecordType.TXT, texts, Optional.of(TTL_SECONDS));
    }
}
