package cloud.pxc.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.MachineSnapshotStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotedStatusesTest {

    private final NotedStatuses noted = new NotedStatuses();

    @Test
    void whatTheWatchIsBehindWithIsGivenWhatWasNotedLast() {
        // given: versions are numbers, not words
        noted.put(snapshot("9", "first"));
        noted.put(snapshot("10", "second"));

        // when
        var told = snapshot("9", "first");
        noted.catchUp(told);

        // then
        assertThat(told.getStatus().snapshot()).isEqualTo("second");
        assertThat(told.getMetadata().getResourceVersion()).isEqualTo("10");
    }

    @Test
    void whatTheWatchHasCaughtUpWithStaysAsItIs() {
        // given
        noted.put(snapshot("10", "noted"));

        // when
        var same = snapshot("10", "noted");
        noted.catchUp(same);
        var since = snapshot("11", "by hand");
        noted.catchUp(since);

        // then
        assertThat(same.getStatus().snapshot()).isEqualTo("noted");
        assertThat(since.getStatus().snapshot()).isEqualTo("by hand");
    }

    @Test
    void whatWasToldOnceMayBeFollowedByWhatIsOlder() {
        // given
        noted.put(snapshot("9", "first"));
        noted.put(snapshot("10", "second"));
        noted.catchUp(snapshot("10", "second"));

        // when
        var older = snapshot("9", "first");
        noted.catchUp(older);

        // then
        assertThat(older.getStatus().snapshot()).isEqualTo("second");
        assertThat(older.getMetadata().getResourceVersion()).isEqualTo("10");
    }

    @Test
    void nothingIsKeptOfWhatIsLetGo() {
        // given
        noted.put(snapshot("12", "leaving"));
        var older = snapshot("9", "older");
        noted.forget(older);

        // when
        noted.catchUp(older);

        // then
        assertThat(older.getStatus().snapshot()).isEqualTo("older");
    }

    @Test
    void eachObjectHasItsOwn() {
        // given
        noted.put(snapshot("10", "one"));

        // when
        var other = snapshot("9", "other");
        other.getMetadata().setUid("another");
        noted.catchUp(other);

        // then
        assertThat(other.getStatus().snapshot()).isEqualTo("other");
    }

    private static MachineSnapshot snapshot(String version, String name) {
        var snapshot = new MachineSnapshot();
        snapshot.setMetadata(new ObjectMetaBuilder()
                .withUid("one")
                .withResourceVersion(version)
                .build());
        snapshot.setStatus(
                new KubernetesSerialization().convertValue(Map.of("snapshot", name), MachineSnapshotStatus.class));
        return snapshot;
    }
}
