package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EchoesTest {

    private final Echoes echoes = new Echoes();

    @Test
    void whatComesBackInOtherWordsIsReadAsItWasAskedFor() {
        // given
        var config = Given.config("vga", "std", "cores", "2", "tablet", "0");

        // when
        echoes.note("uid", Set.of("vga", "tablet"), Map.of("vga", "VGA"), Set.of("tablet"), config);

        // then
        assertThat(echoes.understood("uid", config).settings()).isEqualTo(Map.of("vga", "VGA", "cores", "2"));
        assertThat(echoes.of("uid")).containsExactly("tablet", "vga");
        assertThat(echoes.understood("other", config)).isEqualTo(config);
    }

    @Test
    void whatNeverComesIsNotAskedForAgain() {
        echoes.note("uid", Set.of("scsi1"), Map.of("scsi1", "ceph:10,serial=data"), Set.of(), Given.config());

        assertThat(echoes.understood("uid", Given.config()).get("scsi1")).contains("ceph:10,serial=data");
    }

    @Test
    void asSoonAsSomebodyChangesItItIsLookedAtAgain() {
        echoes.note("uid", Set.of("vga"), Map.of("vga", "VGA"), Set.of(), Given.config("vga", "std"));

        assertThat(echoes.understood("uid", Given.config("vga", "none")).get("vga"))
                .contains("none");
        assertThat(echoes.of("uid")).isEmpty();
    }

    @Test
    void whatIsWrittenAsProxmoxDoesIsForgotten() {
        echoes.note("uid", Set.of("vga"), Map.of("vga", "VGA"), Set.of(), Given.config("vga", "std"));

        echoes.note("uid", Set.of("vga"), Map.of(), Set.of(), Given.config("vga", "std"));

        assertThat(echoes.of("uid")).isEmpty();
    }
}
