package cloud.pxc.operator.machine;

import cloud.pxc.crds.KeyRef;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What cloud-init of a machine takes from Secrets and ConfigMaps.
 *
 * @param values what each reference leads to
 * @param versions by name of the object, what changes whenever it does
 */
record SeedContent(Map<KeyRef, byte[]> values, Map<String, String> versions) {

    static final SeedContent NOTHING = new SeedContent(Map.of(), Map.of());

    String text(KeyRef ref) {
        return new String(values.get(ref), StandardCharsets.UTF_8);
    }

    /** As a file of cloud-init: as it is where it is text, else encoded. */
    Map<String, Object> file(KeyRef ref) {
        var file = new LinkedHashMap<String, Object>();
        try {
            file.put(
                    "content",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(values.get(ref)))
                            .toString());
        } catch (CharacterCodingException e) {
            file.put("encoding", "b64");
            file.put("content", Base64.getEncoder().encodeToString(values.get(ref)));
        }
        return file;
    }
}
