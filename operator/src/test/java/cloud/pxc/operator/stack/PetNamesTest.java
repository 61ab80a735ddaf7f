package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PetNamesTest {

    @Property(tries = 5)
    void noNameIsGivenTwiceEvenWhenAllPairsAreTaken(@ForAll int key) {
        var taken = new HashSet<String>();

        for (var i = 0; i < 5_000; i++) {
            assertThat(taken.add(PetNames.of(key + "/" + i, taken::contains))).isTrue();
        }

        assertThat(taken).allMatch(name -> name.matches("[a-z]+-[a-z]+(-[0-9]+)?"));
    }

    @Test
    void theSameKeyGetsTheSameNameAgainWhileThatIsFree() {
        var first = PetNames.of("a/web/0", name -> false);

        assertThat(PetNames.of("a/web/0", name -> false)).isEqualTo(first);
        assertThat(PetNames.of("a/web/0", first::equals)).isNotEqualTo(first);
    }
}
