package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpidTest {

    @Test
    void aUpidTellsNodeTypeGuestUserAndTime() {
        // when
        var upid = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test:");
        // then
        assertThat(upid.node()).isEqualTo("pve1");
        assertThat(upid.type()).isEqualTo("qmcreate");
        assertThat(upid.guest()).isEqualTo("100");
        assertThat(upid.user()).isEqualTo("root@pam!test");
        assertThat(upid.startedAt()).isEqualTo(Instant.ofEpochSecond(0x6B03A873L));
        assertThat(upid).hasToString("UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test",
                "UPID:pve1:80:000AFA08:6B03A873:qmcreate:100:root@pam:",
                "UPID:-pve:00000080:000AFA08:6B03A873:qmcreate:100:root@pam:",
                "UPID:pve1:00000080:000AFA08:6B03A873::100:root@pam:",
                "UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam:\n",
                "UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:1 0:root@pam:"
            })
    void whatIsNoUpidIsRefused(String text) {
        assertThatThrownBy(() -> new Upid(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UPID:node:pid");
    }

    @Property
    void everyPartComesBackAsItWasPutIn(
            @ForAll("nodes") String node,
            @ForAll("words") String type,
            @ForAll("words") String id,
            @ForAll("users") String user,
            @ForAll @LongRange(max = 0xFFFFFFFFL) long start,
            @ForAll @LongRange(max = 0xFFFFFFFFFL) long pstart) {
        // given
        var text = "UPID:%s:%08X:%08X:%08X:%s:%s:%s:".formatted(node, 1234, pstart, start, type, id, user);
        // when
        var upid = new Upid(text);
        // then
        assertThat(upid.node()).isEqualTo(node);
        assertThat(upid.type()).isEqualTo(type);
        assertThat(upid.guest()).isEqualTo(id);
        assertThat(upid.user()).isEqualTo(user);
        assertThat(upid.startedAt().getEpochSecond()).isEqualTo(start);
        assertThat(upid).isEqualTo(new Upid(upid.toString()));
    }

    @Property
    void nothingThatIsAcceptedLosesItsForm(@ForAll String anything) {
        try {
            assertThat(new Upid(anything).text()).startsWith("UPID:").endsWith(":");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(anything);
        }
    }

    @Provide
    Arbitrary<String> nodes() {
        var ends = Arbitraries.strings().alpha().numeric().ofLength(1);
        var middle = Arbitraries.strings().alpha().numeric().withChars('-').ofMaxLength(10);
        return Combinators.combine(ends, middle, ends).as((first, rest, last) -> first + rest + last);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_.@/")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> users() {
        return Arbitraries.of("root@pam", "pxc@pve!operator", "a.b-c@ldap-1!t_2");
    }
}
