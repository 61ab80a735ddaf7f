package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "1000000, 60"})
    void itDoublesUpToTheBound(int failures, long seconds) {
        assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property
    void itIsNeverShorterThanTheFirstNorLongerThanTheBound(@ForAll int failures) {
        assertThat(backoff.after(failures)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
