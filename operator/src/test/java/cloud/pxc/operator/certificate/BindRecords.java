package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.dns.ZoneUpdate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Challenge records written to a real BIND at once; like the operator's, it forgets what it published when it is killed. */
final class BindRecords implements ChallengeRecords {

    private final NameServerClient server;
    private final TsigKey key;
    private final Fqdn zone;
    private final Map<String, Map<String, List<String>>> published = new HashMap<>();

    BindRecords(NameServerClient server, TsigKey key, Fqdn zone) {
        this.server = server;
        this.key = key;
        this.zone = zone;
    }

    @Override
    public void publish(Certificate certificate, Map<String, List<String>> records) {
        records.forEach((name, texts) -> update(new ZoneUpdate.Change.Put(RRset.of(
                Fqdn.of(name),
                RecordType.TXT,
                30,
                texts.stream().map(text -> '"' + text + '"').toList()))));
        published.put(certificate.getMetadata().getUid(), records);
    }

    @Override
    public Published published(Certificate certificate) {
        var records = published.get(certificate.getMetadata().getUid());
        return records == null ? Published.NOTHING : new Published(records, Stage.LIVE, "");
    }

    @Override
    public void withdraw(Certificate certificate) {
        certificate.getSpec().dnsNames().stream()
                .map(BindRecords::challenge)
                .distinct()
                .filter(name -> server.lookup(name, RecordType.TXT).isPresent())
                .forEach(name -> update(new ZoneUpdate.Change.Delete(name, RecordType.TXT)));
        published.remove(certificate.getMetadata().getUid());
    }

    static Fqdn challenge(String dnsName) {
        return Fqdn.of("_acme-challenge." + (dnsName.startsWith("*.") ? dnsName.substring(2) : dnsName));
    }

    private void update(ZoneUpdate.Change change) {
        server.update(new ZoneUpdate(zone, List.of(), List.of(change)), key);
    }
}
