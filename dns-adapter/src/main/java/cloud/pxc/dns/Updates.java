package cloud.pxc.dns;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Update;

/** Update messages, and what their answers mean. */
final class Updates {

    private Updates() {}

    static Update message(ZoneUpdate update) {
        var message = new Update(RRset.wireName(update.zone()));
        for (var prerequisite : update.prerequisites()) {
            switch (prerequisite) {
                case ZoneUpdate.Prerequisite.Absent(var name, var type) ->
                    message.absent(RRset.wireName(name), type.code());
                case ZoneUpdate.Prerequisite.NameUnused(var name) -> message.absent(RRset.wireName(name));
                case ZoneUpdate.Prerequisite.Exactly(var rrset) ->
                    rrset.prerequisites().forEach(message::present);
            }
        }
        for (var change : update.changes()) {
            switch (change) {
                case ZoneUpdate.Change.Put(var rrset) -> {
                    message.delete(RRset.wireName(rrset.name()), rrset.type().code());
                    rrset.records().forEach(message::add);
                }
                case ZoneUpdate.Change.Drop(var rrset) -> rrset.records().forEach(message::delete);
                case ZoneUpdate.Change.Delete(var name, var type) -> message.delete(RRset.wireName(name), type.code());
            }
        }
        return message;
    }

    /** @throws DnsException unless the server said, signed, that the update is made */
    static void check(ServerAddress server, ZoneUpdate update, TsigKey key, Message answer, Clock clock) {
        var tsig = answer.getTSIG();
        if (tsig != null && tsig.getError() != Rcode.NOERROR) {
            throw new DnsException.NotAuthenticated(explain(server, key, tsig, clock));
        }
        switch (answer.getRcode()) {
            case Rcode.NOERROR -> {
                if (!answer.isVerified()) {
                    throw new DnsException.NotAuthenticated("the answer of name server " + server
                            + " to an update is not signed with key " + key.name()
                            + "; something between may have changed it");
                }
            }
            case Rcode.NXRRSET, Rcode.YXRRSET, Rcode.YXDOMAIN, Rcode.NXDOMAIN ->
                throw new DnsException.PrerequisiteFailed("zone " + update.zone() + " on name server " + server
                        + " holds something else than expected (" + Rcode.string(answer.getRcode()) + ")");
            case Rcode.NOTAUTH ->
                throw new DnsException.Refused("name server " + server + " does not serve zone " + update.zone()
                        + "; create it there, or name the right server");
            case Rcode.NOTZONE ->
                throw new DnsException.Refused("an update of zone " + update.zone() + " names records outside it");
            case Rcode.REFUSED ->
                throw new DnsException.Refused("name server " + server + " refuses updates of zone " + update.zone()
                        + " signed with key " + key.name()
                        + "; grant it: update-policy { grant \"" + key.name() + "\" zonesub ANY; };");
            default ->
                throw new DnsException.ServerFailed(
                        "name server " + server + " answers "
                                + Rcode.string(answer.getRcode()) + " to an update of zone " + update.zone()
                                + "; its log says why (a zone that is not loaded, a full disk, more than 100 records at a name)");
        }
    }

    private static String explain(ServerAddress server, TsigKey key, TSIGRecord tsig, Clock clock) {
        return switch (tsig.getError()) {
            case Rcode.BADSIG ->
                "name server " + server + " knows key " + key.name()
                        + " with another secret (BADSIG); correct the Secret it comes from, or the server";
            case Rcode.BADKEY ->
                "name server " + server + " does not know key " + key.name() + " with algorithm " + key.algorithm()
                        + " (BADKEY); add it to its configuration, or correct name and algorithm";
            case Rcode.BADTIME ->
                "the clocks of name server " + server + " and of this machine differ by " + skew(tsig, clock)
                        + " s (BADTIME); set both by NTP";
            default ->
                "name server " + server + " refuses key " + key.name() + ": " + Rcode.TSIGstring(tsig.getError());
        };
    }

    /** With BADTIME the server tells its own clock: 48 bits of seconds (RFC 8945 section 5.2.3). */
    private static long skew(TSIGRecord tsig, Clock clock) {
        if (tsig.getOther() == null || tsig.getOther().length != 6) {
            return Duration.ofMinutes(5).toSeconds();
        }
        var theirs = Instant.ofEpochSecond(new BigInteger(1, tsig.getOther()).longValue());
        return Math.abs(Duration.between(clock.instant(), theirs).toSeconds());
    }
}
