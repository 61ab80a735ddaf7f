package cloud.pxc.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message of BIND's control channel (ISCCC, version 1): tables of names and values, of which {@code _auth} signs the rest.
 *
 * @param control {@code _ctrl}: serial number, time, expiry, nonce
 * @param data {@code _data}: the command, or the answer
 */
record ControlMessage(Map<String, String> control, Map<String, String> data) {

    private static final int VERSION = 1;
    private static final byte BINARY = 1;
    private static final byte TABLE = 2;

    /** The signature is base64 of a digest, padded with zeros to the longest there is. */
    private static final int SIGNATURE_LENGTH = 88;

    private static final Map<String, Integer> ALGORITHMS =
            Map.of("hmac-sha1", 161, "hmac-sha224", 162, "hmac-sha256", 163, "hmac-sha384", 164, "hmac-sha512", 165);

    /** The whole frame, its length in front. */
    static byte[] encode(ControlMessage message, TsigKey key) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(entry("_ctrl", TABLE, table(message.control)));
        body.writeBytes(entry("_data", TABLE, table(message.data)));
        var signature = ByteBuffer.allocate(1 + SIGNATURE_LENGTH)
                .put(ALGORITHMS.get(key.algorithm()).byteValue())
                .put(sign(body.toByteArray(), key))
                .array();
        var auth = entry("_auth", TABLE, entry("hsha", BINARY, signature));
        return ByteBuffer.allocate(4 + 4 + auth.length + body.size())
                .putInt(4 + auth.length + body.size())
                .putInt(VERSION)
                .put(auth)
                .put(body.toByteArray())
                .array();
    }

    /** @return nothing if the signature is missing or wrong */
    static Optional<ControlMessage> decode(byte[] frame, TsigKey key) {
        var buffer = ByteBuffer.wrap(frame);
        if (buffer.getInt() != VERSION) {
            return Optional.empty();
        }
        var tables = new LinkedHashMap<String, Map<String, byte[]>>();
        var signedFrom = 0;
        while (buffer.hasRemaining()) {
            var name = name(buffer);
            buffer.get();
            var length = buffer.getInt();
            var end = buffer.position() + length;
            tables.put(name, entries(buffer.slice(buffer.position(), length)));
            buffer.position(end);
            if (name.equals("_auth")) {
                signedFrom = end;
            }
        }
        var signature = tables.getOrDefault("_auth", Map.of()).get("hsha");
        var expected = sign(Arrays.copyOfRange(frame, signedFrom, frame.length), key);
        if (signature == null
                || signature.length != 1 + SIGNATURE_LENGTH
                || !MessageDigest.isEqual(Arrays.copyOfRange(signature, 1, signature.length), expected)) {
            return Optional.empty();
        }
        return Optional.of(new ControlMessage(
                texts(tables.getOrDefault("_ctrl", Map.of())), texts(tables.getOrDefault("_data", Map.of()))));
    }

    private static byte[] sign(byte[] body, TsigKey key) {
        try {
            var name = "Hmac" + key.algorithm().substring("hmac-".length()).toUpperCase(java.util.Locale.ROOT);
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key.bytes(), name));
            return Arrays.copyOf(Base64.getEncoder().encode(mac.doFinal(body)), SIGNATURE_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java does not know " + key.algorithm(), e);
        }
    }

    private static byte[] table(Map<String, String> values) {
        var out = new ByteArrayOutputStream();
        values.forEach((name, value) -> out.writeBytes(entry(name, BINARY, ControlChannel.ascii(value))));
        return out.toByteArray();
    }

    private static byte[] entry(String name, byte type, byte[] value) {
        var label = ControlChannel.ascii(name);
        return ByteBuffer.allocate(1 + label.length + 1 + 4 + value.length)
                .put((byte) label.length)
                .put(label)
                .put(type)
                .putInt(value.length)
                .put(value)
                .array();
    }

    private static Map<String, byte[]> entries(ByteBuffer table) {
        var entries = new LinkedHashMap<String, byte[]>();
        while (table.hasRemaining()) {
            var name = name(table);
            table.get();
            var value = new byte[table.getInt()];
            table.get(value);
            entries.put(name, value);
        }
        return entries;
    }

    private static String name(ByteBuffer buffer) {
        var label = new byte[Byte.toUnsignedInt(buffer.get())];
        buffer.get(label);
        return new String(label, StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(Map<String, byte[]> entries) {
        var texts = new LinkedHashMap<String, String>();
        entries.forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }
}
