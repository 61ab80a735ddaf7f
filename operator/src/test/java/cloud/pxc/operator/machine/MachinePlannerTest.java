package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachinePlannerTest {

    private static final String IMAGE = "local:import/pxc-debian-12-1a2b3c4d.qcow2";
    private static final Upid TASK = new Upid("UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:10000:pxc@pve!operator:");
    private static final GuestId GUEST = new GuestId(GuestType.QEMU, "pve1", new Vmid(10000));
    private static final Progress NEW = Progress.of(Given.machine());
    private static final Progress RESERVED = NEW.reserved(new Reservation(new Vmid(10000), List.of()), "pve1");
    private static final Progress SEEDED = RESERVED.withSeed(Optional.of("local:iso/seed.iso"));
    private static final Progress CREATED = SEEDED.foundOn("pve1");

    private final Machine machine = Given.machine();

    @Test
    void aNewMachineReservesWhatItNeedsOnceItsImageIsThere() {
        assertThat(next(NEW, new GuestSight.Unleased())).isEqualTo(new Step.Reserve());
    }

    @Test
    void beforeAnythingIsTakenTheImageIsAwaited() {
        var fetching = Given.usable("- {name: debian-12, ready: false}");
        var failing = Given.usable("- {name: debian-12, ready: false, message: checksum mismatch}");
        var other = Given.usable("- {name: debian-13, ready: true, volume: x}");

        assertThat(wait(MachinePlanner.next(machine, NEW, fetching, new GuestSight.Unleased())))
                .isEqualTo(new Verdict.Progressing(
                        MachineReason.ImageMissing, "image debian-12 is being fetched to ProxmoxCluster alpha"));
        assertThat(wait(MachinePlanner.next(machine, NEW, failing, new GuestSight.Unleased())))
                .isEqualTo(new Verdict.Failing(
                        MachineReason.ImageMissing,
                        "image debian-12 is not on ProxmoxCluster alpha: checksum mismatch"));
        assertThat(wait(MachinePlanner.next(machine, NEW, other, new GuestSight.Unleased())))
                .isInstanceOf(Verdict.Progressing.class);
    }

    @Test
    void anImageThatTheClusterDoesNotHaveIsNamed() {
        var windows =
                Serialization.unmarshal(Serialization.asYaml(machine).replace("debian-12", "windows"), Machine.class);

        var step = MachinePlanner.next(windows, NEW, ready(), new GuestSight.Unleased());

        assertThat(wait(step).message())
                .isEqualTo("ProxmoxCluster alpha has no image windows; add it to its spec.images");
    }

    @Test
    void withoutAnImageNothingIsMade() {
        var bare = Serialization.unmarshal(
                Serialization.asYaml(machine).replace("image: \"debian-12\"", ""), Machine.class);

        var step = MachinePlanner.next(bare, NEW, ready(), new GuestSight.Unleased());

        assertThat(wait(step).message())
                .isEqualTo("there is no image to make it from; name one in machine set web of its Stack");
    }

    @Test
    void aVirtualMachineGetsItsSeedBeforeItIsCreatedAndAContainerNeedsNone() {
        assertThat(next(RESERVED, new GuestSight.Absent())).isEqualTo(new Step.UploadSeed());
        assertThat(next(SEEDED, new GuestSight.Absent())).isEqualTo(new Step.Create(IMAGE));
        assertThat(MachinePlanner.next(Given.container(), RESERVED, ready(), new GuestSight.Absent()))
                .isEqualTo(new Step.Create(IMAGE));
    }

    @Test
    void whatHasNotBeenMadeYetGetsAnotherNodeWhenItsOwnGoesOffline() {
        var elsewhere = SEEDED.withoutNode().reserved(new Reservation(new Vmid(10000), List.of()), "pve2");

        assertThat(next(elsewhere, new GuestSight.Absent())).isEqualTo(new Step.Reserve());
        assertThat(next(elsewhere.foundOn("pve2"), new GuestSight.Absent())).isInstanceOf(Step.Wait.class);
    }

    @Test
    void aTaskOfItsOwnIsFollowedAndAFailedOneTold() {
        var why = Given.unavailable();

        assertThat(MachinePlanner.next(new TaskSight.Runs(TASK))).contains(new Step.Follow(TASK));
        assertThat(MachinePlanner.next(new TaskSight.Failed(TASK, why))).contains(new Step.Fail(TASK, why));
        assertThat(MachinePlanner.next(new TaskSight.Over(TASK))).isEmpty();
        assertThat(MachinePlanner.next(new TaskSight.None())).isEmpty();
    }

    @Test
    void aCreationWhoseNameWasLostIsTakenUpAgain() {
        assertThat(next(SEEDED, new GuestSight.HalfMade(GUEST, Optional.of(TASK))))
                .isEqualTo(new Step.TakeUp(TASK));
    }

    @Test
    void aCreationThatWasCutOffNeedsAPerson() {
        var virtual = wait(next(SEEDED, new GuestSight.HalfMade(GUEST, Optional.empty())));
        var container = wait(MachinePlanner.next(
                Given.container(), SEEDED, ready(), new GuestSight.HalfMade(GUEST, Optional.empty())));

        assertThat(virtual).isInstanceOf(Verdict.Stalled.class);
        assertThat(virtual.message()).contains("qm unlock 10000 && qm destroy 10000 --purge");
        assertThat(container.message()).contains("pct unlock 10000 && pct destroy 10000 --purge");
    }

    @Test
    void aGuestOfSomebodyElseIsLeftAlone() {
        assertThat(next(SEEDED, new GuestSight.Foreign(GUEST, "theirs"))).isEqualTo(new Step.GiveUpVmid(GUEST));

        var lost = wait(next(CREATED, new GuestSight.Foreign(GUEST, "theirs")));

        assertThat(lost).isInstanceOf(Verdict.Stalled.class);
        assertThat(lost.reason()).isEqualTo(MachineReason.NotOurs);
        assertThat(lost.message()).contains("qemu/10000 on pve1 (theirs)", "pxc-" + Given.UID);
    }

    @Test
    void aGuestThatIsGoneIsNotMadeAnewOverItsLostData() {
        var gone = wait(next(CREATED, new GuestSight.Absent()));

        assertThat(gone).isInstanceOf(Verdict.Stalled.class);
        assertThat(gone.reason()).isEqualTo(MachineReason.GuestMissing);
        assertThat(gone.message()).contains("VMID 10000", "delete Machine shop-web-0");
    }

    @Test
    void aMigrationWhoseNameWasLostIsTakenUpAgain() {
        assertThat(next(CREATED, new GuestSight.Moving(GUEST, Optional.of(TASK))))
                .isEqualTo(new Step.TakeUp(TASK));
        assertThat(wait(next(CREATED, new GuestSight.Moving(GUEST, Optional.empty())))
                        .message())
                .contains("locked by a migration", "qm unlock 10000");
    }

    @Test
    void aGuestThatIsGoneIsMadeAnewWhereTheSpecSaysSo() {
        var disposable = Given.machine("guestMissingPolicy: Recreate");

        assertThat(MachinePlanner.next(disposable, CREATED, ready(), new GuestSight.Absent()))
                .isEqualTo(new Step.MakeAnew(new Vmid(10000)));
    }

    @Test
    void aGuestIsNotedBeforeAnythingElseIsDoneToIt() {
        assertThat(next(SEEDED, ours(RunState.STOPPED, Given.settled()))).isEqualTo(new Step.Found(GUEST));
    }

    @Test
    void aGuestThatHasMovedIsFollowed() {
        var elsewhere = new GuestId(GuestType.QEMU, "pve2", new Vmid(10000));

        assertThat(next(CREATED, new GuestSight.Ours(elsewhere, RunState.RUNNING, Given.settled(), Set.of())))
                .isEqualTo(new Step.Found(elsewhere));
    }

    @Test
    void disksGrowBeforeSettingsChangeBeforeItIsStarted() {
        var spec = Given.machine("disks: [{name: root, size: 4Gi}]");
        var small = Given.settled("scsi0", "local-lvm:vm-10000-disk-0,serial=root,size=2G", "cores", "1");
        var slow = Given.settled("scsi0", "local-lvm:vm-10000-disk-0,serial=root,size=4G", "cores", "1");
        var whole = Given.settled("scsi0", "local-lvm:vm-10000-disk-0,serial=root,size=4G");

        assertThat(complete(spec, RunState.STOPPED, small)).isEqualTo(new Step.Grow(GUEST, "scsi0", 4L << 30));
        var noted = complete(spec, RunState.STOPPED, slow);
        assertThat(noted).isInstanceOf(Step.Note.class);
        assertThat(MachinePlanner.next(
                        spec,
                        CREATED.withHardware(((Step.Note) noted).intent()),
                        ready(),
                        ours(RunState.STOPPED, slow)))
                .isEqualTo(new Step.Configure(GUEST, Map.of("cores", "2"), Set.of(), Optional.empty()));
        assertThat(complete(spec, RunState.STOPPED, whole)).isEqualTo(new Step.Start(GUEST));
        assertThat(complete(spec, RunState.RUNNING, whole)).isInstanceOf(Step.Settle.class);
    }

    @Test
    void aDiskThatIsLargerThanWantedOrTellsNoSizeStaysAsItIs() {
        var spec = Given.machine("disks: [{name: root, size: 4Gi}]");

        assertThat(complete(spec, RunState.RUNNING, Given.settled("scsi0", "local-lvm:vm-10000-disk-0,size=8G")))
                .isInstanceOf(Step.Settle.class);
        assertThat(complete(spec, RunState.RUNNING, Given.settled("scsi0", "local-lvm:vm-10000-disk-0")))
                .isInstanceOf(Step.Settle.class);
    }

    @Test
    void whatWaitsForTheNextStartIsTold() {
        var ours = new GuestSight.Ours(GUEST, RunState.RUNNING, Given.settled(), Set.of("memory"));

        assertThat(next(CREATED, ours))
                .isEqualTo(new Step.Settle(GUEST, List.of(), Set.of("memory"), List.of(), HardwareRecord.NOTHING));
    }

    @Test
    void aQuietGuestIsLeftAsItIs() {
        assertThat(next(CREATED, new GuestSight.Quiet(GUEST))).isEqualTo(new Step.Stay(GUEST));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"STOPPED", "UNKNOWN"})
    void aGuestThatStandsStillIsStarted(RunState state) {
        assertThat(next(CREATED, ours(state, Given.settled()))).isEqualTo(new Step.Start(GUEST));
    }

    @Test
    void whileTheClusterCantBeAskedOnlyWhatWasWholeKeepsItsWord() {
        var unusable = new Situation.Unusable("ProxmoxCluster alpha is not connected yet");
        var settled = Given.with(Given.machine(), status(1, true, null));
        var changed = Given.with(Given.machine(), status(0, true, null));
        var working = Given.with(Given.machine(), status(1, true, TASK));
        var waiting = new Verdict.Progressing(MachineReason.ClusterNotReady, unusable.message());

        assertThat(MachinePlanner.next(settled, unusable)).isEmpty();
        assertThat(MachinePlanner.next(changed, unusable)).contains(waiting);
        assertThat(MachinePlanner.next(working, unusable)).contains(waiting);
        assertThat(MachinePlanner.next(machine, unusable)).contains(waiting);
    }

    private static MachineStatus status(long generation, boolean ready, Upid task) {
        var condition = new ConditionBuilder()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withReason(ready ? "Running" : "Starting")
                .build();
        return CREATED.withTask(Optional.ofNullable(task))
                .status(generation, List.of(condition), Phase.Running, "web-bold-otter.shop.cloud.example.org");
    }

    private Step next(Progress progress, GuestSight guest) {
        return MachinePlanner.next(machine, progress, ready(), guest);
    }

    private static Step complete(Machine machine, RunState state, GuestConfig config) {
        return MachinePlanner.next(machine, CREATED, ready(), ours(state, config));
    }

    private static GuestSight ours(RunState state, GuestConfig config) {
        return new GuestSight.Ours(GUEST, state, config, Set.of());
    }

    private static Situation.Usable ready() {
        return Given.usable("- {name: debian-12, ready: true, volume: \"" + IMAGE + "\"}");
    }

    private static Verdict wait(Step step) {
        return ((Step.Wait) step).verdict();
    }
}
