package cloud.pxc.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * One connection to BIND's control channel: what {@code rndc} speaks. Messages are signed with a key and numbered; the server
 * gives a nonce first, which every later message repeats.
 */
public final class ControlChannel implements AutoCloseable {

    private static final long LIFETIME_SECONDS = 60;
    private static final int MAX_FRAME = 32 * 1024 * 1024;

    private final ServerAddress server;
    private final TsigKey key;
    private final Clock clock;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private long number;
    private String nonce;

    private ControlChannel(ServerAddress server, TsigKey key, Clock clock, Socket socket) throws IOException {
        this.server = server;
        this.key = key;
        this.clock = clock;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
        // The server takes two messages of one number and second for a replay, also from two connections.
        this.number = new SecureRandom().nextInt() & 0xFFFF_FFFFL;
    }

    /** @throws DnsException if the server does not answer or does not take the key */
    public static ControlChannel open(ServerAddress server, TsigKey key, Duration timeout, Clock clock) {
        try {
            var socket = new Socket();
            try {
                socket.connect(server.socket(), (int) timeout.toMillis());
                socket.setSoTimeout((int) timeout.toMillis());
                socket.setTcpNoDelay(true);
                var channel = new ControlChannel(server, key, clock, socket);
                channel.call("null");
                return channel;
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DnsException.Unreachable(server, e);
        }
    }

    /** This machine's address as the server sees it. */
    public String localAddress() {
        return socket.getLocalAddress().getHostAddress();
    }

    /**
     * Sends one command, for example {@code zonestatus example.org}.
     *
     * @return what the server says to it
     * @throws DnsException.ControlFailed if the server can't or won't; the message has its own words
     */
    public String call(String command) {
        try {
            out.write(signed(command));
            out.flush();
            var reply = read();
            var result = reply.data().getOrDefault("result", "0");
            if (!result.equals("0")) {
                var words = reply.data().getOrDefault("err", "result " + result);
                var more = reply.data().getOrDefault("text", "").strip().replace('\n', ' ');
                var answer = words + (more.isEmpty() ? "" : " (" + more + ")");
                throw new DnsException.ControlFailed(
                        "name server " + server + " can't do \"" + firstWords(command) + "\": " + answer, answer);
            }
            return reply.data().getOrDefault("text", "");
        } catch (java.io.EOFException e) {
            throw new DnsException.NotAuthenticated("name server " + server
                    + " closed its control channel without a word: it does not know key " + key.name()
                    + " with this secret; correct the Secret it comes from, or the server's controls statement");
        } catch (IOException e) {
            throw new DnsException.Unreachable(server, e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new DnsException.Unreachable(server, e);
        }
    }

    private byte[] signed(String command) {
        var now = clock.instant().getEpochSecond();
        var control = new LinkedHashMap<String, String>();
        control.put("_ser", Long.toString(++number & 0xFFFF_FFFFL));
        control.put("_tim", Long.toString(now));
        control.put("_exp", Long.toString(now + LIFETIME_SECONDS));
        if (nonce != null) {
            control.put("_nonce", nonce);
        }
        var data = new LinkedHashMap<String, String>();
        data.put("type", command);
        return ControlMessage.encode(new ControlMessage(control, data), key);
    }

    private ControlMessage read() throws IOException {
        var length = in.readInt();
        if (length < 4 || length > MAX_FRAME) {
            throw new IOException("a control message of " + length + " octets");
        }
        var frame = new byte[length];
        in.readFully(frame);
        var reply = ControlMessage.decode(frame, key)
                .orElseThrow(() -> new DnsException.NotAuthenticated("the answer of name server " + server
                        + " on its control channel is not signed with key " + key.name()));
        nonce = reply.control().getOrDefault("_nonce", nonce);
        return reply;
    }

    private static String firstWords(String command) {
        var words = command.split(" ", 3);
        return words.length < 2 ? command : words[0] + " " + words[1];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
