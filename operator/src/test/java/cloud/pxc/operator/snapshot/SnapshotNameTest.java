package cloud.pxc.operator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotNameTest {

    private static final String UID = "0a1b2c3d-0000-0000-0000-000000000001";

    @ParameterizedTest
    @CsvSource({
        "before-upgrade, before-upgrade-0a1b2c3d",
        "2026.11.24, s-2026-11-24-0a1b2c3d",
        "current, current-0a1b2c3d",
        "a, a-0a1b2c3d",
        "a-name-of-more-than-forty-characters-altogether, a-name-of-more-than-forty-chara-0a1b2c3d"
    })
    void isReadableAndTheObjectsOwn(String object, String name) {
        assertThat(of(object)).isEqualTo(name).matches("^[A-Za-z][A-Za-z0-9_-]{1,39}$");
    }

    @Test
    void isValidForTheLongestNameOfAnObject() {
        assertThat(of("1".repeat(253))).matches("^[A-Za-z][A-Za-z0-9_-]{1,39}$");
    }

    private static String of(String object) {
        return SnapshotName.of(
                new ObjectMetaBuilder().withName(object).withUid(UID).build());
    }
}
