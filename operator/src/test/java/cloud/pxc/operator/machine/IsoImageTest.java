package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IsoImageTest {

    @Property(tries = 200)
    void whateverIsWrittenIsReadBack(@ForAll("files") Map<String, byte[]> files) {
        var image = IsoImage.of("cidata", files);

        assertThat(withoutVersions(IsoReader.joliet(image).files())).containsExactlyInAnyOrderEntriesOf(files);
        assertThat(IsoReader.plain(image).files().values()).containsExactlyInAnyOrderElementsOf(files.values());
        assertThat(image.length).isEqualTo(IsoReader.joliet(image).sectors() * 2048);
    }

    @Test
    void aSeedHasTheNamesThatCloudInitLooksFor() {
        var image = IsoImage.of(
                "cidata", Map.of("user-data", bytes("u"), "meta-data", bytes("m"), "network-config", bytes("n")));

        assertThat(IsoReader.joliet(image).files().keySet())
                .containsExactly("meta-data;1", "network-config;1", "user-data;1");
        assertThat(IsoReader.plain(image).files().keySet())
                .containsExactly("META_DAT.;1", "NETWORK_.;1", "USER_DAT.;1");
        assertThat(IsoReader.joliet(image).label())
                .isEqualTo(IsoReader.plain(image).label())
                .isEqualTo("cidata");
        assertThat(IsoReader.joliet(image).escapes()).isEqualTo("%/E");
    }

    @Test
    void namesThatAreShortenedToTheSameStayApart() {
        var image = IsoImage.of("cidata", Map.of("user-data-1", bytes("one"), "user-data-2", bytes("two")));

        assertThat(IsoReader.plain(image).files().values()).containsExactlyInAnyOrder(bytes("one"), bytes("two"));
    }

    @Test
    void theSameFilesGiveTheSameImage() {
        var files = Map.of("a", bytes("1"), "b", bytes("2"));

        assertThat(IsoImage.of("cidata", files)).isEqualTo(IsoImage.of("cidata", new TreeMap<>(files)));
    }

    @Test
    void moreFilesThanOneSectorTellsOfAreRefused() {
        var files = new TreeMap<String, byte[]>();
        for (var i = 0; i < 17; i++) {
            files.put("n".repeat(60) + i, bytes(""));
        }

        assertThatIllegalArgumentException().isThrownBy(() -> IsoImage.of("cidata", files));
    }

    @Test
    void aNameThatAFolderCantTellIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> IsoImage.of("cidata", Map.of("n".repeat(65), bytes(""))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsoImage.of("cidata-of-somebody", Map.of("n", bytes(""))));
    }

    @Provide
    static Arbitrary<Map<String, byte[]>> files() {
        var names = Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyzäß0123456789-_.")
                .ofMinLength(1)
                .ofMaxLength(30);
        var contents = Arbitraries.bytes().array(byte[].class).ofMaxSize(5000);
        return Arbitraries.maps(names, contents).ofMaxSize(6);
    }

    private static Map<String, byte[]> withoutVersions(Map<String, byte[]> files) {
        var plain = new TreeMap<String, byte[]>();
        files.forEach((name, content) -> plain.put(name.substring(0, name.length() - ";1".length()), content));
        return plain;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
