package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EncodingTest {

    @Test
    void whatThePerlOfProxmoxSplitsOnIsEncoded() {
        assertThat(Encoding.form(Map.of("scsi0", "local:1,format=qcow2")))
                .isEqualTo("scsi0=local%3A1%2Cformat%3Dqcow2");
        assertThat(Encoding.percentEncode("b;a +&*~ü")).isEqualTo("b%3Ba%20%2B%26%2A~%C3%BC");
    }

    @Test
    void aPathIsReadableForPeopleAndEncodedOnTheWire() {
        // given
        var upid = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test:");
        // when
        var call = ApiCall.get("/nodes/{}/tasks/{}/status", "pve1", upid);
        // then
        assertThat(call).hasToString("GET /nodes/pve1/tasks/" + upid + "/status");
        assertThat(call.encodedPath())
                .isEqualTo(
                        "/nodes/pve1/tasks/UPID%3Apve1%3A00000080%3A000AFA08%3A6B03A873%3Aqmcreate%3A100%3Aroot%40pam%21test%3A/status");
    }

    @Property
    void whatIsEncodedIsOfUnreservedCharactersAndComesBack(@ForAll String text) {
        var sound = text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        var encoded = Encoding.percentEncode(text);
        assertThat(encoded).matches("[A-Za-z0-9._~%-]*");
        if (sound) {
            assertThat(Encoding.percentDecode(encoded)).isEqualTo(text);
        }
    }

    @Property
    void encodedTwiceItFitsTheFormatOfSshKeys(@ForAll String text) {
        assertThat(Encoding.percentEncode(text).replace("~", "")).matches("[-%a-zA-Z0-9_.!*'()]*");
    }

    @Property
    void aFormSplitAsPveHttpServerDoesGivesTheParametersAgain(@ForAll @Size(max = 5) Map<String, String> parameters) {
        // given
        var sound = new LinkedHashMap<String, String>();
        parameters.forEach(
                (name, value) -> sound.put("k" + name.replaceAll("\\p{Cs}", ""), value.replaceAll("\\p{Cs}", "")));
        // when
        var read = new LinkedHashMap<String, String>();
        for (var pair : Encoding.form(sound).split("[&;]")) {
            var parts = pair.split("=", -1);
            if (!pair.isEmpty()) {
                assertThat(parts).hasSize(2);
                read.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        // then
        assertThat(read).isEqualTo(sound);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
