package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PetNamesTest {

    @Property(tries = 20)
    void noNameIsGivenTwiceEvenWhenAllPairsAreTaken(@ForAll long seed) {
        var pets = new PetNames(new Random(seed));
        var taken = new HashSet<String>();

        for (var i = 0; i < 5_000; i++) {
            assertThat(taken.add(pets.next(taken))).isTrue();
        }

        assertThat(taken).allMatch(name -> name.matches("[a-z]+-[a-z]+(-[0-9]+)?"));
    }

    @Test
    void theSameSeedGivesTheSameNames() {
        assertThat(new PetNames(new Random(7)).next(Set.of())).isEqualTo(new PetNames(new Random(7)).next(Set.of()));
    }
}
