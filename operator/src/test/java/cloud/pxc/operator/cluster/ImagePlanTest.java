package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.proxmox.Upid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagePlanTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Upid TASK = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:download:x:root@pam!test:");

    @Test
    void whatIsThereIsKept() {
        var plan = plan(new ImageSight("pve1", true, false, Optional.empty(), Optional.empty()));

        assertThat(plan.places()).containsExactly(new ImagePlan.Place.Keep("pve1"));
        assertThat(plan.goesOn()).isFalse();
        assertThat(plan.again()).isEmpty();
    }

    @Test
    void whatIsMissingIsNotedFirstAndFetchedThen() {
        var first = plan(new ImageSight("pve1", false, false, Optional.empty(), Optional.empty()));
        var then = plan(new ImageSight("pve1", false, true, Optional.empty(), Optional.empty()));

        assertThat(first.places()).containsExactly(new ImagePlan.Place.Note("pve1"));
        assertThat(then.places()).containsExactly(new ImagePlan.Place.Fetch("pve1"));
        assertThat(first.goesOn()).isTrue();
    }

    @Test
    void aDownloadThatRunsIsFollowedAlsoWhereTheFileGrowsAlready() {
        assertThat(plan(new ImageSight("pve1", true, true, Optional.of(TASK), Optional.empty()))
                        .places())
                .containsExactly(new ImagePlan.Place.Follow("pve1", TASK.text()));
    }

    @Test
    void whatFailedWaitsAndIsTriedAgainThen() {
        var failure = new ImageSight.Failure(1, NOW.plusSeconds(5), "checksum mismatch");
        var over = new ImageSight.Failure(1, NOW, "checksum mismatch");

        var waits = plan(new ImageSight("pve1", false, true, Optional.empty(), Optional.of(failure)));

        assertThat(waits.places()).containsExactly(new ImagePlan.Place.Await("pve1", failure));
        assertThat(waits.again()).contains(NOW.plusSeconds(5));
        assertThat(plan(new ImageSight("pve1", false, true, Optional.empty(), Optional.of(over)))
                        .places())
                .containsExactly(new ImagePlan.Place.Fetch("pve1"));
    }

    @Test
    void oneNodeThatFailsKeepsNoOtherFromGoingOn() {
        var failure = new ImageSight.Failure(3, NOW.plusSeconds(5), "no space");

        var plan = plan(
                new ImageSight("pve1", false, true, Optional.empty(), Optional.of(failure)),
                new ImageSight("pve2", false, true, Optional.empty(), Optional.empty()));

        assertThat(plan.places())
                .containsExactly(new ImagePlan.Place.Await("pve1", failure), new ImagePlan.Place.Fetch("pve2"));
        assertThat(plan.goesOn()).isTrue();
    }

    private static ImagePlan plan(ImageSight... sights) {
        return ImagePlan.of(List.of(sights), NOW);
    }
}
