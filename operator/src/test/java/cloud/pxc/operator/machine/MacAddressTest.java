package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MacAddressTest {

    @Property
    void eachIsOneOfProxmoxOwn(@ForAll String uid, @ForAll @IntRange(max = 15) int number) {
        assertThat(first(uid, number, 3)).allMatch(mac -> mac.matches("BC:24:11(:[0-9A-F]{2}){3}"));
    }

    @Test
    void theSameInterfaceIsOfferedTheSameOnesInTheSameOrder() {
        assertThat(first("uid", 0, 20)).isEqualTo(first("uid", 0, 20));
    }

    @Test
    void oneThatIsTakenIsFollowedByOthers() {
        assertThat(first("uid", 0, 20)).doesNotHaveDuplicates();
        assertThat(first("uid", 0, 1)).isNotEqualTo(first("uid", 1, 1)).isNotEqualTo(first("other", 0, 1));
    }

    private static List<String> first(String uid, int number, int count) {
        return StreamSupport.stream(MacAddress.candidates(uid, number).spliterator(), false)
                .limit(count)
                .toList();
    }
}
