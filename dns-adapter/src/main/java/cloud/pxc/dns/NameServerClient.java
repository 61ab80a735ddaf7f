package cloud.pxc.dns;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/**
 * One authoritative name server. Every call is one question with one answer over TCP, blocks for at most the given time, and
 * throws a {@link DnsException} when the answer is not the wished one.
 */
public final class NameServerClient {

    /** An update has to fit into one message (RFC 1035 section 4.2.2). */
    public static final int MAX_MESSAGE_OCTETS = 65_535;

    /** Room for a TSIG record: names of at most 255 octets, a digest of at most 64. */
    private static final int SIGNATURE_OCTETS = 700;

    private final ServerAddress server;
    private final Duration timeout;
    private final Clock clock;

    public NameServerClient(ServerAddress server, Duration timeout, Clock clock) {
        this.server = server;
        this.timeout = timeout;
        this.clock = clock;
    }

    public ServerAddress server() {
        return server;
    }

    /** Serial of the zone as this server serves it; none where it does not serve the zone with authority. */
    public Optional<Serial> serial(Fqdn zone) {
        var answer = ask(zone, Type.SOA);
        if (answer.getRcode() == Rcode.REFUSED || !answer.getHeader().getFlag(Flags.AA)) {
            return Optional.empty();
        }
        return answer.getSection(Section.ANSWER).stream()
                .filter(SOARecord.class::isInstance)
                .map(record -> new Serial(((SOARecord) record).getSerial()))
                .findFirst();
    }

    /** The RRset as this server serves it with authority; none where there is none. */
    public Optional<RRset> lookup(Fqdn name, RecordType type) {
        var answer = ask(name, type.code());
        if (!answer.getHeader().getFlag(Flags.AA)) {
            return Optional.empty();
        }
        var records = answer.getSection(Section.ANSWER).stream()
                .filter(record ->
                        record.getType() == type.code() && record.getName().equals(RRset.wireName(name)))
                .toList();
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(RRset.of(
                        name,
                        type,
                        records.getFirst().getTTL(),
                        records.stream().map(Record::rdataToString).toList()));
    }

    /**
     * Everything in the zone of the types this package knows (RFC 5936); DNSSEC's own records are left out. A transfer that is
     * cut, unsigned or wrongly signed is an error, never a smaller zone.
     */
    public ZoneContent transfer(Fqdn zone, TsigKey key) {
        var transfer = ZoneTransferIn.newAXFR(RRset.wireName(zone), server.socket(), Tsig.of(key, clock));
        transfer.setTimeout(timeout);
        try {
            transfer.run();
        } catch (ZoneTransferException e) {
            if ("NOTAUTH".equals(e.getMessage()) && serial(zone).isPresent()) {
                throw new DnsException.NotAuthenticated("name server " + server + " does not hand out zone " + zone
                        + " for key " + key.name()
                        + " with the secret given (NOTAUTH); correct the Secret it comes from,"
                        + " or the server");
            }
            throw new DnsException.Refused("name server " + server + " did not hand out zone " + zone + " ("
                    + e.getMessage() + "); check that key " + key.name() + " may transfer it there");
        } catch (IOException e) {
            throw new DnsException.Unreachable(server, e);
        }
        return ZoneContent.of(zone, transfer.getAXFR());
    }

    /**
     * Makes all changes, or none (RFC 2136).
     *
     * @throws DnsException.TooLarge if they don't fit into one message
     */
    public void update(ZoneUpdate update, TsigKey key) {
        var message = Updates.message(update);
        if (message.toWire().length > MAX_MESSAGE_OCTETS - SIGNATURE_OCTETS) {
            throw new DnsException.TooLarge("an update of zone " + update.zone() + " has more than "
                    + MAX_MESSAGE_OCTETS + " octets; write fewer or shorter values");
        }
        var answer = exchange(message, Optional.of(key));
        Updates.check(server, update, key, answer, clock);
    }

    private Message ask(Fqdn name, int type) {
        var question = Message.newQuery(Record.newRecord(RRset.wireName(name), type, DClass.IN));
        question.getHeader().unsetFlag(Flags.RD);
        var answer = exchange(question, Optional.empty());
        if (answer.getRcode() == Rcode.SERVFAIL) {
            throw new DnsException.ServerFailed("name server " + server + " answers SERVFAIL for " + name
                    + "; it may still load the zone, its log says more");
        }
        return answer;
    }

    private Message exchange(Message message, Optional<TsigKey> key) {
        var resolver = new SimpleResolver(server.socket());
        resolver.setTCP(true);
        resolver.setTimeout(timeout);
        key.ifPresent(tsig -> resolver.setTSIGKey(Tsig.of(tsig, clock)));
        try {
            return resolver.send(message);
        } catch (IOException e) {
            throw new DnsException.Unreachable(server, e);
        }
    }
}
