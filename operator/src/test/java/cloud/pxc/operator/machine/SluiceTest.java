package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SluiceTest {

    private final Sluice<String> sluice = new Sluice<>(2);

    @Test
    void onlySoManyLeaveANodeAtTheSameTimeAndEachNodeHasItsOwnCount() {
        assertThat(sluice.enter("a", "pve1", "A")).isTrue();
        assertThat(sluice.enter("b", "pve1", "B")).isTrue();
        assertThat(sluice.enter("c", "pve1", "C")).isFalse();
        assertThat(sluice.enter("d", "pve2", "D")).isTrue();
        assertThat(sluice.enter("a", "pve1", "A")).isTrue();
        assertThat(sluice.leaving()).containsExactlyInAnyOrder("a", "b", "d");
    }

    @Test
    void whoHasWaitedLongestIsToldWhenOneIsThrough() {
        sluice.enter("a", "pve1", "A");
        sluice.enter("b", "pve1", "B");
        sluice.enter("c", "pve1", "C");
        sluice.enter("d", "pve1", "D");
        sluice.enter("c", "pve1", "C");

        assertThat(sluice.leave("a")).contains("C");
        assertThat(sluice.enter("c", "pve1", "C")).isTrue();
        assertThat(sluice.leave("c")).contains("D");
        assertThat(sluice.leave("b")).isEmpty();
        assertThat(sluice.leave("stranger")).isEmpty();
    }

    @Test
    void whoDoesNotWaitAnyMoreIsNotTold() {
        sluice.enter("a", "pve1", "A");
        sluice.enter("b", "pve1", "B");
        sluice.enter("c", "pve1", "C");

        sluice.leave("c");

        assertThat(sluice.leave("a")).isEmpty();
    }

    @Test
    void thoseThatWereOnTheirWayBeforeCountAlsoWhereTheyAreTooMany() {
        sluice.hold("a", "pve1");
        sluice.hold("b", "pve1");
        sluice.hold("c", "pve1");

        assertThat(sluice.enter("d", "pve1", "D")).isFalse();
        sluice.leave("a");
        assertThat(sluice.enter("d", "pve1", "D")).isFalse();
        assertThat(sluice.leave("b")).contains("D");
        assertThat(sluice.enter("d", "pve1", "D")).isTrue();
    }
}
