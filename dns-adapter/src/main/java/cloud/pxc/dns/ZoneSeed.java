package cloud.pxc.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * Serves the first content of a new zone, for the seconds it takes a name server to fetch it: BIND creates a primary zone only
 * from a file on its own disk, and writes that file itself when it has been a secondary of this. Only messages signed with the
 * transfer key are answered.
 */
final class ZoneSeed implements AutoCloseable {

    private static final int MAX_UDP = 4096;
    private static final int IDLE_MILLIS = 5000;

    private final List<Record> content;
    private final Name zone;
    private final TsigKey key;
    private final Clock clock;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final ServerAddress address;

    private ZoneSeed(
            List<Record> content,
            Name zone,
            TsigKey key,
            Clock clock,
            ServerSocket tcp,
            DatagramSocket udp,
            ServerAddress address) {
        this.content = content;
        this.zone = zone;
        this.key = key;
        this.clock = clock;
        this.tcp = tcp;
        this.udp = udp;
        this.address = address;
    }

    /**
     * @param content of the zone, its SOA first
     * @param host as the name server reaches this machine, which may know nothing of that address itself
     * @param port any free one where it is 0
     */
    static ZoneSeed serve(Fqdn zone, List<Record> content, TsigKey key, String host, int port, Clock clock) {
        try {
            var tcp = new ServerSocket(port);
            try {
                var udp = new DatagramSocket(tcp.getLocalPort());
                var address = new ServerAddress(host, tcp.getLocalPort());
                var seed = new ZoneSeed(content, RRset.wireName(zone), key, clock, tcp, udp, address);
                Thread.ofVirtual().name("zone-seed-tcp").start(seed::serveTcp);
                Thread.ofVirtual().name("zone-seed-udp").start(seed::serveUdp);
                return seed;
            } catch (IOException | RuntimeException e) {
                tcp.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DnsException.ControlFailed("the first content of zone " + zone + " can't be served on port "
                    + port + " of this operator (" + e.getMessage() + "); set one that is free");
        }
    }

    /** Where it is served. */
    ServerAddress address() {
        return address;
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new DnsException.Unreachable(address(), e);
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var connection = tcp.accept();
                Thread.ofVirtual().name("zone-seed-connection").start(() -> converse(connection));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new IllegalStateException("the seed of zone " + zone + " can't be served", e);
            }
        }
    }

    /** A connection that breaks is the name server's to open again. */
    private void converse(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                var frame = new byte[in.readUnsignedShort()];
                in.readFully(frame);
                var answer = answer(frame, true).toWire(NameServerClient.MAX_MESSAGE_OCTETS);
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (IOException e) {
            return;
        }
    }

    private void serveUdp() {
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[MAX_UDP], MAX_UDP);
                udp.receive(packet);
                answerUdp(packet);
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new IllegalStateException("the seed of zone " + zone + " can't be served", e);
            }
        }
    }

    private void answerUdp(DatagramPacket question) throws IOException {
        byte[] answer;
        try {
            answer = answer(Arrays.copyOf(question.getData(), question.getLength()), false)
                    .toWire(MAX_UDP);
        } catch (WireParseException e) {
            return; // anybody may send anything to an open port
        }
        udp.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
    }

    private Message answer(byte[] wire, boolean stream) throws IOException {
        var question = new Message(wire);
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        var asked = question.getQuestion();
        if (asked != null) {
            answer.addRecord(asked, Section.QUESTION);
        }
        var tsig = Tsig.of(key, clock);
        var signed = question.getTSIG() != null && tsig.verify(question, wire, null) == Rcode.NOERROR;
        if (!signed || asked == null || !asked.getName().equals(zone) || asked.getDClass() != DClass.IN) {
            answer.getHeader().setRcode(Rcode.REFUSED);
            return answer;
        }
        for (var record : records(asked.getType(), stream)) {
            answer.addRecord(record, Section.ANSWER);
        }
        answer.setTSIG(tsig, Rcode.NOERROR, question.getTSIG());
        return answer;
    }

    private List<Record> records(int type, boolean stream) {
        var soa = (SOARecord) content.getFirst();
        if (type == Type.SOA || !stream) {
            return List.of(soa);
        }
        var whole = new ArrayList<>(content);
        whole.add(soa);
        return whole;
    }
}
