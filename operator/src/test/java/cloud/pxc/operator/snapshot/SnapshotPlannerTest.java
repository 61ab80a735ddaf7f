package cloud.pxc.operator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.snapshot.SnapshotPhase;
import cloud.pxc.operator.machine.TaskSight;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.Snapshot;
import cloud.pxc.proxmox.Snapshots.GuestSnapshots;
import cloud.pxc.proxmox.TaskState;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done for a snapshot, wherever it was cut off. */
class SnapshotPlannerTest {

    private static final String NAME = "before-0a1b2c3d";
    private static final GuestId VM = new GuestId(GuestType.QEMU, "pve1", new Vmid(100));
    private static final GuestId CONTAINER = new GuestId(GuestType.LXC, "pve1", new Vmid(100));
    private static final Upid EARLIER = upid("qmrollback", "00000001");
    private static final Upid LATER = upid("qmrollback", "00000002");
    private static final Snapshot THERE = snapshot(Optional.empty());

    @Test
    void waitsForItsMachineAndSaysHowToFindIt() {
        assertThat(reason(SnapshotPlanner.next(object(), progress(), new SnapshotSight.NoMachine())))
                .isEqualTo(SnapshotReason.MachineMissing);
    }

    @Test
    void itsNameIsNotedBeforeItIsTaken() {
        assertThat(SnapshotPlanner.next(object(), progress(), seen())).isEqualTo(new SnapshotStep.Note(VM));
        assertThat(SnapshotPlanner.next(object(), noted(), seen())).isEqualTo(new SnapshotStep.Take(VM, NAME));
    }

    @Test
    void memoryOfAContainerIsRefusedBeforeAnythingIsDone() {
        var step = SnapshotPlanner.next(object("memory: true"), progress(), seenOf(CONTAINER));

        assertThat(reason(step)).isEqualTo(SnapshotReason.InvalidSpec);
    }

    @Test
    void aLockedGuestIsWaitedFor() {
        assertThat(reason(SnapshotPlanner.next(object(), noted(), locked("backup", List.of()))))
                .isEqualTo(SnapshotReason.Locked);
    }

    @Test
    void whatIsBeingTakenByACallWhoseAnswerWasLostIsNotTakenAgain() {
        var sight = locked("snapshot", List.of(upid("qmsnapshot", "00000003")), snapshot(Optional.of("prepare")));

        assertThat(reason(SnapshotPlanner.next(object(), noted(), sight))).isEqualTo(SnapshotReason.Locked);
    }

    @Test
    void whatWasCutOffAndLeftALockNeedsAPerson() {
        var step = SnapshotPlanner.next(
                object(), noted(), locked("snapshot", List.of(), snapshot(Optional.of("prepare"))));

        assertThat(reason(step)).isEqualTo(SnapshotReason.CutOff);
        assertThat(((SnapshotStep.Wait) step).verdict().message()).contains("qm unlock 100", "pve1");
    }

    @Test
    void whatWasCutOffAndUnlockedIsDeletedToBeTakenAnew() {
        assertThat(SnapshotPlanner.next(object(), noted(), seen(snapshot(Optional.of("prepare")))))
                .isEqualTo(new SnapshotStep.Delete(VM, NAME));
    }

    @Test
    void whatIsThereIsSettledAndWhatWasRemovedIsNeverTakenAgain() {
        assertThat(SnapshotPlanner.next(object(), noted(), seen(THERE))).isEqualTo(new SnapshotStep.Settle(VM, THERE));
        assertThat(reason(SnapshotPlanner.next(object(), taken(), seen()))).isEqualTo(SnapshotReason.SnapshotMissing);
        assertThat(reason(SnapshotPlanner.next(object(), taken(), new SnapshotSight.GuestGone("gone"))))
                .isEqualTo(SnapshotReason.SnapshotMissing);
    }

    @Test
    void aRollbackIsNotedWithTheOneBeforeItAndThenDone() {
        var object = asked("2");
        var wanted = rollBacks(THERE, new SnapshotSight.RollBackTask(EARLIER, ended("OK")));

        assertThat(SnapshotPlanner.next(object, taken(), wanted))
                .isEqualTo(new SnapshotStep.NoteRollBack(VM, "2", Optional.of(EARLIER)));
        assertThat(SnapshotPlanner.next(object, rollingBack("2"), rollBacks(THERE)))
                .isEqualTo(new SnapshotStep.RollBack(VM, NAME));
    }

    @Test
    void aValueThatWasDoneIsNotDoneAgain() {
        assertThat(SnapshotPlanner.next(asked("2"), taken().rolledBack("2"), seen(THERE)))
                .isInstanceOf(SnapshotStep.Settle.class);
    }

    @Test
    void aRollbackWhoseTaskIsOverIsDone() {
        var sight = new SnapshotSight.Seen(
                VM, new TaskSight.Over(LATER), Optional.empty(), at(NAME, THERE), List.of(), Optional.of(List.of()));

        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), sight))
                .isEqualTo(new SnapshotStep.RolledBack(VM, "2"));
    }

    @Test
    void aRollbackWhoseTaskWasNeverNotedIsKnownByTheTasksOfTheNode() {
        var runs = rollBacks(THERE, new SnapshotSight.RollBackTask(LATER, new TaskState(true, Optional.empty())));
        var done = rollBacks(THERE, new SnapshotSight.RollBackTask(LATER, ended("OK")));
        var failed = rollBacks(THERE, new SnapshotSight.RollBackTask(LATER, ended("can't do it")));

        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), runs)).isInstanceOf(SnapshotStep.Wait.class);
        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), done))
                .isEqualTo(new SnapshotStep.RolledBack(VM, "2"));
        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), failed))
                .isEqualTo(new SnapshotStep.RollBack(VM, NAME));
    }

    @Test
    void aRollbackToAnotherSnapshotIsNotTakenForItsOwn() {
        var sight = new SnapshotSight.Seen(
                VM,
                new TaskSight.None(),
                Optional.empty(),
                at("other", THERE),
                List.of(),
                Optional.of(List.of(new SnapshotSight.RollBackTask(LATER, ended("OK")))));

        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), sight))
                .isEqualTo(new SnapshotStep.RollBack(VM, NAME));
    }

    @Test
    void aRollbackThatHasNotBegunIsWithdrawnWithItsAnnotation() {
        assertThat(SnapshotPlanner.next(object(), rollingBack("2"), rollBacks(THERE)))
                .isInstanceOf(SnapshotStep.DropRollBack.class);
    }

    @Test
    void aRollbackThatNobodyKnowsOfIsNotRepeated() {
        var sight = new SnapshotSight.Seen(
                VM, new TaskSight.None(), Optional.empty(), at(NAME, THERE), List.of(), Optional.empty());

        assertThat(SnapshotPlanner.next(asked("2"), rollingBack("2"), sight))
                .isInstanceOf(SnapshotStep.GiveUpRollBack.class);
    }

    @Test
    void aLockedGuestIsNotRolledBack() {
        var sight = new SnapshotSight.Seen(
                VM, new TaskSight.None(), Optional.of("backup"), at(NAME, THERE), List.of(), Optional.of(List.of()));

        assertThat(reason(SnapshotPlanner.next(asked("2"), rollingBack("2"), sight)))
                .isEqualTo(SnapshotReason.Locked);
    }

    @Test
    void onItsWayOutItIsDeletedWhileItIsThereAndItsGuestIsOurs() {
        assertThat(SnapshotPlanner.leave(taken(), seen(THERE))).isEqualTo(new SnapshotStep.Delete(VM, NAME));
        assertThat(SnapshotPlanner.leave(taken(), seen())).isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(progress(), seen(THERE))).isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(taken(), new SnapshotSight.Foreign("theirs")))
                .isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(taken(), new SnapshotSight.GuestGone("gone")))
                .isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(taken(), new SnapshotSight.MachineGone("gone")))
                .isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(taken(), new SnapshotSight.MachineLeaving("leaves")))
                .isEqualTo(new SnapshotStep.Gone());
        assertThat(SnapshotPlanner.leave(
                        taken(), new SnapshotSight.Waits(SnapshotReason.ClusterNotReady, "not connected")))
                .isInstanceOf(SnapshotStep.Wait.class);
    }

    @Test
    void whatGoesWithItsMachineHasNotFailed() {
        assertThat(SnapshotPlanner.next(object(), taken(), new SnapshotSight.MachineLeaving("leaves")))
                .isEqualTo(new SnapshotStep.Wait(
                        SnapshotPhase.Deleting, new Verdict.Progressing(SnapshotReason.MachineLeaving, "leaves")));
    }

    private static MachineSnapshot object(String... more) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: MachineSnapshot
                metadata: {name: before, namespace: team-a, uid: 0a1b2c3d-0000-0000-0000-000000000001, generation: 1}
                spec:
                  machineRef: {name: shop-web-0}
                """ + String.join("\n", more).indent(2), MachineSnapshot.class);
    }

    private static MachineSnapshot asked(String value) {
        var object = object();
        object.getMetadata().setAnnotations(Map.of(RollBacks.ANNOTATION, value));
        return object;
    }

    private static SnapshotProgress progress() {
        return SnapshotProgress.of(object());
    }

    private static SnapshotProgress noted() {
        return progress().noted(new Vmid(100), "1-2-3", NAME, Optional.empty());
    }

    private static SnapshotProgress taken() {
        return noted().taken(THERE);
    }

    private static SnapshotProgress rollingBack(String value) {
        return taken().rollingBack(new SnapshotProgress.RollBack(value, "pve1", Optional.of(EARLIER)));
    }

    private static Snapshot snapshot(Optional<String> unfinished) {
        return new Snapshot(NAME, Instant.EPOCH, false, Optional.empty(), unfinished);
    }

    private static SnapshotSight.Seen seen(Snapshot... there) {
        return new SnapshotSight.Seen(
                VM,
                new TaskSight.None(),
                Optional.empty(),
                new GuestSnapshots(List.of(there), Optional.empty()),
                List.of(),
                Optional.of(List.of()));
    }

    private static SnapshotSight.Seen seenOf(GuestId guest) {
        return new SnapshotSight.Seen(
                guest,
                new TaskSight.None(),
                Optional.empty(),
                new GuestSnapshots(List.of(), Optional.empty()),
                List.of(),
                Optional.of(List.of()));
    }

    private static SnapshotSight.Seen locked(String lock, List<Upid> working, Snapshot... there) {
        return new SnapshotSight.Seen(
                VM,
                new TaskSight.None(),
                Optional.of(lock),
                new GuestSnapshots(List.of(there), Optional.empty()),
                working,
                Optional.of(List.of()));
    }

    private static SnapshotSight.Seen rollBacks(Snapshot there, SnapshotSight.RollBackTask... since) {
        return new SnapshotSight.Seen(
                VM,
                new TaskSight.None(),
                Optional.empty(),
                at(there.name(), there),
                List.of(),
                Optional.of(List.of(since)));
    }

    private static GuestSnapshots at(String current, Snapshot... there) {
        return new GuestSnapshots(List.of(there), Optional.of(current));
    }

    private static TaskState ended(String how) {
        return new TaskState(false, Optional.of(how));
    }

    private static Upid upid(String type, String pid) {
        return new Upid("UPID:pve1:" + pid + ":00000001:6B03A2B4:" + type + ":100:pxc@pve!operator:");
    }

    private static SnapshotReason reason(SnapshotStep step) {
        return (SnapshotReason) ((SnapshotStep.Wait) step).verdict().reason();
    }
}
